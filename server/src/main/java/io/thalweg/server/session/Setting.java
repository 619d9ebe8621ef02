package io.thalweg.server.session;

import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.Planner;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.config.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The settings of a session; each is declared here and nowhere else. */
public enum Setting {
    /** Where unqualified names are looked up. */
    SCHEMA(
            ObjectName.DEFAULT_SCHEMA,
            "public, information_schema or sys",
            "The schema in which names without one are looked up; USE changes it too.",
            Setting::schema),
    /** UTC and nothing else. */
    TIMEZONE(
            "UTC",
            "UTC",
            "The zone of TIMESTAMP WITH LOCAL TIME ZONE when it is shown or cast. Clients convert to their own.",
            Setting::utc),
    /** How long a query may take. */
    QUERY_TIMEOUT(
            "0 ms",
            "0 ms to 7 d",
            "After how long a query fails: one that ends as a whole, an endless one if it has not caught up by then;"
                    + " 0 for no limit.",
            text -> Duration.format(Duration.parseMillis(text, Setting.MAX_TIMEOUT_MILLIS))),
    /** How many rows a query returns. */
    MAX_ROWS(
            "0",
            "0 to 9223372036854775807",
            "After how many rows a query ends as if it had no more; 0 for no limit.",
            text -> String.valueOf(notNegative(text))),
    /** Which rewrite stages the planner leaves out. */
    PLANNER_DISABLE(
            Setting.NO_STAGE,
            "none, or some of " + String.join(", ", Planner.optionalStages()),
            "Stages of the rewriting of queries that are left out, parted by commas; EXPLAIN STAGES shows them all. The"
                    + " answers stay the same.",
            Setting::stages),
    /** Whether the planner's answers are compared with each other. */
    PLANNER_CHECK(
            "off",
            "on or off",
            "Whether each query is planned a second time without the optional stages, and both plans are run over tiny tables"
                    + " that are made up; if their answers differ the query fails, and the error names the stage.",
            Setting::onOrOff);

    static final String NO_STAGE = "none";

    /** A week. */
    static final long MAX_TIMEOUT_MILLIS = 7L * 24 * 60 * 60 * 1_000;

    private final String defaultValue;
    private final String range;
    private final String sentence;
    private final UnaryOperator<String> normalizer;

    /** @param normalizer the value in the form in which it is shown; throws IllegalArgumentException for what is none */
    Setting(String defaultValue, String range, String sentence, UnaryOperator<String> normalizer) {
        this.defaultValue = defaultValue;
        this.range = range;
        this.sentence = sentence;
        this.normalizer = normalizer;
    }

    /** The setting of this name, without regard to case. */
    public static Optional<Setting> find(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(setting -> setting.name().equals(upper))
                .findFirst();
    }

    /** The setting of this name; throws UNDEFINED_OPTION with the names there are. */
    public static Setting named(String name) {
        return find(name)
                .orElseThrow(() -> new ThalwegException(
                                ErrorCode.UNDEFINED_OPTION, "setting " + name + " does not exist")
                        .withHint("Settings: "
                                + Arrays.stream(values()).map(Setting::sqlName).collect(Collectors.joining(", "))
                                + "."));
    }

    /** The name as SQL writes it. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** The possible values, for people. */
    public String range() {
        return range;
    }

    /** What the setting does. */
    public String sentence() {
        return sentence;
    }

    /** Name, value, default, range and sentence of every setting as a session begins. */
    public static List<List<String>> describe() {
        return describe(SessionSettings.DEFAULT);
    }

    /** Name, value, default, range and sentence of every setting. */
    static List<List<String>> describe(SessionSettings settings) {
        return Arrays.stream(values())
                .map(setting -> List.of(
                        setting.sqlName(),
                        settings.value(setting),
                        setting.defaultValue,
                        setting.range,
                        setting.sentence))
                .toList();
    }

    /** The value in its normal form; throws OPTION_OUT_OF_RANGE if there is no such value. */
    String normalize(String value) {
        try {
            return normalizer.apply(value.strip());
        } catch (IllegalArgumentException outside) {
            throw new ThalwegException(ErrorCode.OPTION_OUT_OF_RANGE, "setting " + sqlName() + " cannot be " + value)
                    .withHint("Possible: " + range + ".");
        }
    }

    private static String schema(String text) {
        if (!NameRules.isSchema(text)) {
            throw new IllegalArgumentException("no schema");
        }
        return text;
    }

    private static String stages(String text) {
        List<String> names = Arrays.stream(text.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && !name.equals(NO_STAGE))
                .toList();
        if (!Planner.optionalStages().containsAll(names)) {
            throw new IllegalArgumentException("no such stage, or one that is needed");
        }
        return names.isEmpty() ? NO_STAGE : String.join(", ", names);
    }

    private static String onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> "on";
            case "off", "false" -> "off";
            default -> throw new IllegalArgumentException("neither on nor off");
        };
    }

    private static String utc(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "UTC", "Z", "GMT", "ETC/UTC", "+00:00" -> "UTC";
            default -> throw new IllegalArgumentException("another zone");
        };
    }

    private static long notNegative(String text) {
        long value = Long.parseLong(text);
        if (value < 0) {
            throw new IllegalArgumentException("negative");
        }
        return value;
    }
}
