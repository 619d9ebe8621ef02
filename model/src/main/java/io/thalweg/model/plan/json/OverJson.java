package io.thalweg.model.plan.json;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;
import io.thalweg.model.plan.OverFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Window functions in stored plans. */
final class OverJson {
    private OverJson() {}

    static Map<String, Object> write(OverCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (call instanceof OverCall.Place place) {
            json.put("over", "place");
            json.put("function", place.function().name());
            json.put("parts", place.parts());
        } else if (call instanceof OverCall.Shift shift) {
            json.put("over", "shift");
            json.put("argument", (long) shift.argument());
            json.put("distance", shift.distance());
            shift.defaultColumn().ifPresent(column -> json.put("default", (long) column));
            json.put("ignoreNulls", shift.ignoreNulls());
        } else if (call instanceof OverCall.Value value) {
            json.put("over", "value");
            json.put("argument", (long) value.argument());
            json.put("nth", value.nth());
            json.put("ignoreNulls", value.ignoreNulls());
            json.put("frame", frame(value.frame()));
        } else if (call instanceof OverCall.Aggregated aggregated) {
            json.put("over", "aggregate");
            json.put("call", NodeWriter.call(aggregated.call()));
            json.put("frame", frame(aggregated.frame()));
        }
        json.put("type", TypeJson.write(call.type()));
        return json;
    }

    private static Map<String, Object> frame(OverFrame frame) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("unit", frame.unit().name());
        json.put("start", bound(frame.start()));
        json.put("end", bound(frame.end()));
        json.put("exclusion", frame.exclusion().name());
        return json;
    }

    private static Map<String, Object> bound(OverFrame.Bound bound) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("place", bound.place().name());
        bound.distance().ifPresent(distance -> json.put("distance", ExpressionJson.write(distance)));
        return json;
    }

    static OverCall read(JsonObject json) {
        String kind = json.text("over");
        return switch (kind) {
            case "place" ->
                new OverCall.Place(
                        PlaceFunction.valueOf(json.text("function")),
                        json.number("parts"),
                        TypeJson.read(json.text("type")));
            case "shift" ->
                new OverCall.Shift(
                        (int) json.number("argument"),
                        json.number("distance"),
                        json.has("default") ? OptionalInt.of((int) json.number("default")) : OptionalInt.empty(),
                        json.flag("ignoreNulls"),
                        TypeJson.read(json.text("type")));
            case "value" ->
                new OverCall.Value(
                        (int) json.number("argument"),
                        json.number("nth"),
                        json.flag("ignoreNulls"),
                        readFrame(json.object("frame")),
                        TypeJson.read(json.text("type")));
            case "aggregate" ->
                new OverCall.Aggregated(NodeReader.call(json.object("call")), readFrame(json.object("frame")));
            default -> throw JsonObject.wrong("window function \"" + kind + "\" does not exist");
        };
    }

    private static OverFrame readFrame(JsonObject json) {
        return new OverFrame(
                OverFrame.Unit.valueOf(json.text("unit")),
                readBound(json.object("start")),
                readBound(json.object("end")),
                OverFrame.Exclusion.valueOf(json.text("exclusion")));
    }

    private static OverFrame.Bound readBound(JsonObject json) {
        Optional<Literal> distance = Optional.empty();
        if (json.has("distance") && ExpressionJson.read(json.member("distance")) instanceof Literal literal) {
            distance = Optional.of(literal);
        }
        return new OverFrame.Bound(OverFrame.Place.valueOf(json.text("place")), distance);
    }
}
