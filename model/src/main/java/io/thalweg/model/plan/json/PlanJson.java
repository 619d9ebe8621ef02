package io.thalweg.model.plan.json;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.SqlType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Physical plans as JSON. What one release writes, all later ones read: members may be added with a meaning for their
 * absence, none may change its meaning without a new {@link PhysicalPlan#FORMAT_VERSION}.
 */
public final class PlanJson {
    private PlanJson() {}

    public static String write(PhysicalPlan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", (long) PhysicalPlan.FORMAT_VERSION);
        json.put("emit", plan.emitMode().name());
        json.put("appendOnly", plan.appendOnly());
        plan.key().ifPresent(key -> json.put("key", key));
        json.put(
                "parameters",
                plan.parameterTypes().stream().map(TypeJson::write).toList());
        json.put("root", NodeWriter.write(plan.root()));
        return JsonText.write(json);
    }

    /** The plan of a JSON text; DATA_CORRUPTED if it is none. */
    public static PhysicalPlan read(String text) {
        JsonObject json = JsonObject.of(JsonText.read(text));
        long version = json.number("version");
        if (version != PhysicalPlan.FORMAT_VERSION) {
            throw new ThalwegException(
                    ErrorCode.DATA_CORRUPTED,
                    "stored plan has format version " + version + ", this release reads "
                            + PhysicalPlan.FORMAT_VERSION);
        }
        try {
            Optional<List<Integer>> key = json.has("key") ? Optional.of(json.integers("key")) : Optional.empty();
            List<SqlType> parameters = json.list("parameters").stream()
                    .map(t -> TypeJson.read(String.valueOf(t)))
                    .toList();
            return new PhysicalPlan(
                    NodeReader.read(json.object("root")),
                    EmitMode.valueOf(json.text("emit")),
                    json.flag("appendOnly"),
                    key,
                    parameters);
        } catch (IllegalArgumentException e) {
            throw JsonObject.wrong(String.valueOf(e.getMessage()));
        }
    }
}
