package io.thalweg.server.config;

import java.util.List;

/** Writes the reference page of all options. */
public final class ConfigReference {
    private ConfigReference() {}

    /**
     * The page as Markdown.
     *
     * @param settings name, value, default, range and sentence of each setting of a session
     */
    public static String markdown(List<List<String>> settings) {
        StringBuilder page = new StringBuilder("""
                # Configuration

                <!-- Generated from the declarations in the server. Do not edit. -->

                ## The server

                Options are given on the command line (`--port 7401`) or, without the dashes, as `name = value` lines of a
                file that `--config` names. The command line wins.

                | option | default | possible values | what it does |
                |---|---|---|---|
                """);
        for (ConfigOption<?> option : ServerOptions.all()) {
            // The size of the heap of the machine that writes the page does not belong on it.
            boolean dependsOnHeap = option.name().equals(ServerOptions.QUERY_MEMORY.name());
            String shown = dependsOnHeap ? "a quarter of the heap" : code(option.defaultValue());
            row(page, List.of(code(option.name()), shown, option.range(), option.sentence()));
        }
        page.append("""

                ## A session

                `SET name = value` changes a setting for the connection, `RESET name` restores its default, `SHOW ALL` lists
                them. A JDBC URL sets them too: `jdbc:thalweg://127.0.0.1:7400/?max_rows=1000`.

                | setting | default | possible values | what it does |
                |---|---|---|---|
                """);
        for (List<String> setting : settings) {
            row(page, List.of(code(setting.get(0)), code(setting.get(2)), setting.get(3), setting.get(4)));
        }
        return page.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "none" : "`" + text + "`";
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
