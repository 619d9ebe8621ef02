package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.OptionAssignment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options that WITH knows. What is not listed here is refused, so that a misspelt option is never silently ignored. */
final class OptionRules {
    /**
     * {@code durability}: when an insert is acknowledged; {@code sync} when it is on disk, {@code os} when the operating
     * system has it, which survives a crash of the process but not of the machine.
     */
    private static final Map<String, List<String>> OF_STORED_OBJECTS = Map.of("durability", List.of("sync", "os"));

    private OptionRules() {}

    /** The checked options by lower-case name. */
    static Map<String, String> check(ObjectKind kind, List<OptionAssignment> assignments) {
        Map<String, List<String>> known = kind == ObjectKind.MATERIALIZED_VIEW ? Map.of() : OF_STORED_OBJECTS;
        Map<String, String> checked = new TreeMap<>();
        for (OptionAssignment assignment : assignments) {
            String key = assignment.key().toLowerCase(Locale.ROOT);
            Optional<PartitionOption> ofPartitions = PartitionOption.find(kind, key);
            if (ofPartitions.isPresent()) {
                checked.put(key, ofPartitions.get().normalize(assignment.value()));
                continue;
            }
            List<String> values = known.get(key);
            if (values == null) {
                throw new ThalwegException(
                                ErrorCode.UNDEFINED_OPTION, "a " + kind.noun() + " has no option '" + key + "'")
                        .at(assignment.span())
                        .withHint(
                                known.isEmpty()
                                        ? "A " + kind.noun() + " has no options."
                                        : "Known options: " + names(kind, known) + ".");
            }
            checked.put(key, checkValue(key, values, assignment));
        }
        PartitionOption.checkTogether(checked);
        return checked;
    }

    private static String names(ObjectKind kind, Map<String, List<String>> known) {
        Stream<String> ofPartitions = PartitionOption.of(kind).stream().map(PartitionOption::key);
        return Stream.concat(known.keySet().stream(), ofPartitions).collect(Collectors.joining(", "));
    }

    private static String checkValue(String key, List<String> values, OptionAssignment assignment) {
        String value = assignment.value().text().toLowerCase(Locale.ROOT);
        if (!values.contains(value)) {
            throw new ThalwegException(ErrorCode.OPTION_OUT_OF_RANGE, "option '" + key + "' cannot be '" + value + "'")
                    .at(assignment.value().span())
                    .withHint("Possible values: " + String.join(", ", values) + ".");
        }
        return value;
    }
}
