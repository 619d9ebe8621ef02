package io.thalweg.shell.terminal;

import io.thalweg.parser.Keywords;
import io.thalweg.parser.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers words of the language, tables and columns; where a table must follow, tables only. */
final class StatementCompleter implements Completer {
    private static final Set<String> BEFORE_TABLES =
            Set.of("FROM", "JOIN", "INTO", "TABLE", "STREAM", "VIEW", "UPDATE", "DESCRIBE", "D");
    private static final List<String> COMMANDS =
            List.of("\\d", "\\ds", "\\dt", "\\dv", "\\dq", "\\format", "\\timing", "\\i", "\\q", "\\?");

    private final CatalogNames names;

    StatementCompleter(CatalogNames names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        StatementLine line = (StatementLine) parsed;
        String prefix = line.word().substring(0, line.wordCursor());
        if (prefix.startsWith("\\")) {
            COMMANDS.forEach(command -> candidates.add(candidate(command, "commands")));
            return;
        }
        String previous = line.previousWord().toUpperCase(Locale.ROOT);
        names.tables().forEach(name -> candidates.add(candidate(SqlText.name(name), "tables")));
        if (!BEFORE_TABLES.contains(previous)) {
            names.columns().forEach(name -> candidates.add(candidate(SqlText.name(name), "columns")));
        }
        if (!prefix.isEmpty()) {
            boolean lower = prefix.equals(prefix.toLowerCase(Locale.ROOT));
            Keywords.all()
                    .forEach(word -> candidates.add(candidate(lower ? word.toLowerCase(Locale.ROOT) : word, "words")));
        }
    }

    private static Candidate candidate(String value, String group) {
        return new Candidate(value, value, group, null, null, null, true);
    }
}
