package io.thalweg.model.plan.json;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.MatchOutput;
import io.thalweg.model.plan.MatchPattern;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternExpression;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.plan.RowPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Row patterns in stored plans. */
final class MatchJson {
    private MatchJson() {}

    static Map<String, Object> write(MatchPattern pattern) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", write(pattern.rows()));
        json.put("variables", pattern.variables().stream().map(MatchJson::write).toList());
        json.put("skip", pattern.skip().kind().name());
        json.put("skipTo", pattern.skip().variables());
        pattern.withinMicros().ifPresent(within -> json.put("within", within));
        return json;
    }

    static MatchPattern readPattern(JsonObject json) {
        return new MatchPattern(
                readRows(json.object("rows")),
                json.list("variables").stream()
                        .map(v -> readVariable(JsonObject.of(v)))
                        .toList(),
                new MatchSkip(MatchSkip.Kind.valueOf(json.text("skip")), json.integers("skipTo")),
                json.has("within") ? OptionalLong.of(json.number("within")) : OptionalLong.empty());
    }

    private static Map<String, Object> write(PatternVariable variable) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", variable.name());
        variable.condition().ifPresent(condition -> {
            json.put("reads", writeAll(condition.navigations()));
            json.put("condition", ExpressionJson.write(condition.expression()));
        });
        return json;
    }

    private static PatternVariable readVariable(JsonObject json) {
        Optional<PatternExpression> condition = json.has("condition")
                ? Optional.of(new PatternExpression(
                        readNavigations(json.list("reads")), ExpressionJson.read(json.member("condition"))))
                : Optional.empty();
        return new PatternVariable(json.text("name"), condition);
    }

    private static Map<String, Object> write(RowPattern pattern) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (pattern instanceof RowPattern.Variable variable) {
            json.put("variable", (long) variable.index());
            json.put("excluded", variable.excluded());
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            json.put("sequence", sequence.parts().stream().map(MatchJson::write).toList());
        } else if (pattern instanceof RowPattern.Alternation alternation) {
            json.put("oneOf", alternation.parts().stream().map(MatchJson::write).toList());
        } else if (pattern instanceof RowPattern.Repetition repetition) {
            json.put("repeat", write(repetition.part()));
            json.put("least", (long) repetition.least());
            json.put("most", (long) repetition.most());
            json.put("reluctant", repetition.reluctant());
        } else if (pattern instanceof RowPattern.Anchor anchor) {
            json.put("atStart", anchor.atStart());
        }
        return json;
    }

    private static RowPattern readRows(JsonObject json) {
        if (json.has("variable")) {
            return new RowPattern.Variable(Math.toIntExact(json.number("variable")), json.flag("excluded"));
        } else if (json.has("sequence")) {
            return new RowPattern.Sequence(readParts(json.list("sequence")));
        } else if (json.has("oneOf")) {
            return new RowPattern.Alternation(readParts(json.list("oneOf")));
        } else if (json.has("repeat")) {
            return new RowPattern.Repetition(
                    readRows(json.object("repeat")),
                    Math.toIntExact(json.number("least")),
                    Math.toIntExact(json.number("most")),
                    json.flag("reluctant"));
        }
        return new RowPattern.Anchor(json.flag("atStart"));
    }

    private static List<RowPattern> readParts(List<?> parts) {
        return parts.stream().map(p -> readRows(JsonObject.of(p))).toList();
    }

    static Map<String, Object> write(MatchOutput output) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("allRows", output.allRows());
        if (output.onlyFinal()) {
            json.put("final", true);
        }
        json.put("shown", output.columns());
        json.put("reads", writeAll(output.navigations()));
        json.put(
                "measures",
                output.measures().stream().map(ExpressionJson::write).toList());
        return json;
    }

    static MatchOutput readOutput(JsonObject json) {
        List<ScalarExpression> measures =
                json.list("measures").stream().map(ExpressionJson::read).toList();
        return new MatchOutput(
                json.flag("allRows"),
                json.has("final"),
                json.integers("shown"),
                readNavigations(json.list("reads")),
                measures);
    }

    private static List<Map<String, Object>> writeAll(List<Navigation> navigations) {
        return navigations.stream().map(MatchJson::write).toList();
    }

    private static List<Navigation> readNavigations(List<?> navigations) {
        return navigations.stream().map(n -> readNavigation(JsonObject.of(n))).toList();
    }

    private static Map<String, Object> write(Navigation navigation) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (navigation instanceof Navigation.RowValue value) {
            json.put("read", value.row().first() ? "first" : "last");
            json.put("of", value.variables());
            json.put("steps", (long) value.row().steps());
            json.put("distance", (long) value.row().distance());
            json.put("column", (long) value.column());
            json.put("whole", value.whole());
            json.put("type", TypeJson.write(value.type()));
        } else if (navigation instanceof Navigation.Aggregate aggregate) {
            json.put("read", "aggregate");
            json.put("of", aggregate.variables());
            json.put("call", NodeWriter.call(aggregate.call()));
            json.put("whole", aggregate.whole());
        } else {
            json.put("read", navigation instanceof Navigation.Classifier ? "classifier" : "number");
        }
        return json;
    }

    private static Navigation readNavigation(JsonObject json) {
        String read = json.text("read");
        return switch (read) {
            case "first", "last" ->
                new Navigation.RowValue(
                        json.integers("of"),
                        new Navigation.Place(
                                read.equals("first"),
                                Math.toIntExact(json.number("steps")),
                                Math.toIntExact(json.number("distance"))),
                        Math.toIntExact(json.number("column")),
                        json.flag("whole"),
                        TypeJson.read(json.text("type")));
            case "aggregate" ->
                new Navigation.Aggregate(json.integers("of"), NodeReader.call(json.object("call")), json.flag("whole"));
            case "classifier" -> new Navigation.Classifier();
            case "number" -> new Navigation.MatchNumber();
            default -> throw JsonObject.wrong("navigation \"" + read + "\" does not exist");
        };
    }
}
