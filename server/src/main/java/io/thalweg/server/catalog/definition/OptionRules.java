package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.OptionAssignment;
import io.thalweg.parser.ast.OptionName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What may stand in WITH, SET and RESET. An option that is not known is refused, so that none is silently ignored. */
final class OptionRules {
    private OptionRules() {}

    /** The checked options by lower-case name. */
    static Map<String, String> check(ObjectKind kind, List<OptionAssignment> assignments) {
        return set(kind, Map.of(), assignments);
    }

    /** The options with some of them changed. */
    static Map<String, String> set(ObjectKind kind, Map<String, String> options, List<OptionAssignment> assignments) {
        Map<String, String> changed = new TreeMap<>(options);
        for (OptionAssignment assignment : assignments) {
            ObjectOption option = option(kind, assignment.key(), assignment.span());
            changed.put(option.key(), option.normalize(assignment.value()));
        }
        PartitionOption.checkTogether(changed);
        return changed;
    }

    /** The options without some of them. */
    static Map<String, String> reset(ObjectKind kind, Map<String, String> options, List<OptionName> names) {
        Map<String, String> changed = new TreeMap<>(options);
        names.forEach(
                name -> changed.remove(option(kind, name.key(), name.span()).key()));
        PartitionOption.checkTogether(changed);
        return changed;
    }

    private static ObjectOption option(ObjectKind kind, String said, SourceSpan span) {
        String key = said.toLowerCase(Locale.ROOT);
        return ObjectOption.of(kind).stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new ThalwegException(
                                ErrorCode.UNDEFINED_OPTION, "a " + kind.noun() + " has no option '" + key + "'")
                        .at(span)
                        .withHint(hint(kind, key)));
    }

    private static String hint(ObjectKind kind, String key) {
        if (kind == ObjectKind.STREAM && key.startsWith("compaction")) {
            return "A stream keeps every row, and its answers count them. A TABLE keeps the newest row of each key.";
        }
        if (kind == ObjectKind.TABLE && key.startsWith("retention")) {
            return "A table keeps the newest row of each key, however old it is. A STREAM can forget old rows.";
        }
        List<ObjectOption> known = ObjectOption.of(kind);
        return known.isEmpty()
                ? "A " + kind.noun() + " has no options."
                : "Known options: " + known.stream().map(ObjectOption::key).collect(Collectors.joining(", ")) + ".";
    }
}
