package io.thalweg.server.session;

import io.thalweg.server.config.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A value for each setting, in its normal form. Immutable. */
public final class SessionSettings {
    /** All settings as declared. */
    public static final SessionSettings DEFAULT = new SessionSettings(Map.of());

    private final Map<Setting, String> changed;

    private SessionSettings(Map<Setting, String> changed) {
        this.changed = changed;
    }

    private Map<Setting, String> copy() {
        Map<Setting, String> copy = new EnumMap<>(Setting.class);
        copy.putAll(changed);
        return copy;
    }

    /** These settings with one changed; throws if the value is outside its range. */
    public SessionSettings with(Setting setting, String value) {
        Map<Setting, String> copy = copy();
        copy.put(setting, setting.normalize(value));
        return new SessionSettings(copy);
    }

    /** These settings with some changed by name; throws if one does not exist or a value is outside its range. */
    public SessionSettings with(Map<String, String> values) {
        SessionSettings result = this;
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.with(Setting.named(value.getKey()), value.getValue());
        }
        return result;
    }

    /** These settings with one as declared. */
    public SessionSettings without(Setting setting) {
        Map<Setting, String> copy = copy();
        copy.remove(setting);
        return new SessionSettings(copy);
    }

    public String value(Setting setting) {
        return changed.getOrDefault(setting, setting.defaultValue());
    }

    public String schema() {
        return value(Setting.SCHEMA);
    }

    /** 0 for no limit. */
    public long queryTimeoutMillis() {
        return Duration.parseMillis(value(Setting.QUERY_TIMEOUT), Setting.MAX_TIMEOUT_MILLIS);
    }

    /** Whether plans are checked against each other. */
    public boolean checksPlans() {
        return value(Setting.PLANNER_CHECK).equals("on");
    }

    /** The rewrite stages that the planner leaves out. */
    public Set<String> disabledStages() {
        return Arrays.stream(value(Setting.PLANNER_DISABLE).split(", "))
                .filter(name -> !name.equals(Setting.NO_STAGE))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** 0 for no limit. */
    public long maxRows() {
        return Long.parseLong(value(Setting.MAX_ROWS));
    }
}
