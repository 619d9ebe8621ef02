package io.thalweg.runtime.expression.compiler;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.ComparisonFunctions;
import io.thalweg.runtime.expression.function.LongSet;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.runtime.expression.function.SliceSet;
import io.thalweg.runtime.expression.function.WideSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** IN over literals: a few numbers are compared one by one, longer lists and texts are looked up in a set. */
final class InTemplate implements FunctionTemplate {
    private static final int MAX_COMPARED = 6;

    @Override
    public Fragment generate(FunctionCall call, ExpressionGenerator generator) {
        List<ScalarExpression> list =
                call.arguments().subList(1, call.arguments().size());
        if (call.argument(0).type().name() == TypeName.NULL) {
            return Fragment.nullOf(call.type());
        }
        if (!list.stream().allMatch(Literal.class::isInstance)) {
            List<ScalarExpression> comparisons = new ArrayList<>();
            for (ScalarExpression element : list) {
                comparisons.add(FunctionCall.of(ScalarFunction.EQUAL, SqlType.BOOLEAN, call.argument(0), element));
            }
            return generator.generate(
                    comparisons.size() == 1
                            ? comparisons.get(0)
                            : new FunctionCall(ScalarFunction.OR, comparisons, call.type()));
        }
        List<Literal> literals = list.stream().map(Literal.class::cast).toList();
        boolean hasNull = literals.stream().anyMatch(Literal::isNull);
        List<Literal> values =
                literals.stream().filter(literal -> !literal.isNull()).toList();
        StrictTemplate template = new StrictTemplate(
                body -> {
                    if (hasNull) {
                        body.nullIf("!$v");
                    }
                    return contains(body, values);
                },
                !ValueKind.of(call.argument(0).type()).isHolder());
        return template.generate(call, List.of(generator.generate(call.argument(0))), generator.source());
    }

    private static String contains(StrictCall call, List<Literal> literals) {
        SqlType type = call.type(0);
        if (type.name() == TypeName.DECIMAL) {
            List<Int128> values = atScale(literals, type.scale());
            if (call.kind(0) == ValueKind.WIDE_DECIMAL) {
                return call.source().constant(new WideSet(values), WideSet.class) + call.fill(".contains($0)");
            }
            return containsLong(
                    call,
                    values.stream()
                            .filter(Int128::fitsLong)
                            .mapToLong(Int128::low)
                            .toArray());
        }
        return switch (call.kind(0)) {
            case BOOLEAN ->
                literals.stream()
                        .map(literal -> call.value(0) + " == " + Objects.equals(literal.value(), 1))
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(" | "), terms -> terms.isEmpty() ? "false" : terms));
            case INT, LONG ->
                containsLong(
                        call,
                        literals.stream()
                                .mapToLong(literal -> ((Number) Objects.requireNonNull(literal.value())).longValue())
                                .toArray());
            case DOUBLE -> containsDouble(call, literals);
            case BYTES ->
                call.source().constant(slices(literals), SliceSet.class) + ".contains(" + call.comparedText(0) + ")";
            case WIDE_DECIMAL -> throw new IllegalStateException("a wide value of type " + type);
        };
    }

    private static String containsLong(StrictCall call, long[] values) {
        if (values.length == 0) {
            return "false";
        }
        if (values.length > MAX_COMPARED) {
            return call.source().constant(new LongSet(values), LongSet.class) + call.fill(".contains($0)");
        }
        List<String> terms = new ArrayList<>();
        for (long value : values) {
            terms.add(call.value(0) + " == " + ExpressionGenerator.longTerm(value));
        }
        return String.join(" | ", terms);
    }

    private static String containsDouble(StrictCall call, List<Literal> literals) {
        long[] bits = literals.stream()
                .mapToLong(literal -> LongSet.canonicalBits((Double) Objects.requireNonNull(literal.value())))
                .toArray();
        return call.source().constant(new LongSet(bits), LongSet.class)
                + call.fill(".contains(LongSet.canonicalBits($0))");
    }

    private static SliceSet slices(List<Literal> literals) {
        List<Slice> slices = new ArrayList<>();
        for (Literal literal : literals) {
            Slice slice = ExpressionGenerator.literalSlice(Objects.requireNonNull(literal.value()));
            if (literal.type().name() == TypeName.CHAR) {
                ComparisonFunctions.withoutTrailingSpaces(slice, slice);
            }
            slices.add(slice);
        }
        return new SliceSet(slices);
    }

    /** The unscaled values at a scale of those literals that have no more digits. */
    private static List<Int128> atScale(List<Literal> literals, int scale) {
        List<Int128> values = new ArrayList<>();
        for (Literal literal : literals) {
            Object value = Objects.requireNonNull(literal.value());
            BigInteger unscaled = value instanceof Int128 wide
                    ? wide.toBigInteger()
                    : BigInteger.valueOf(((Number) value).longValue());
            int missing = scale - literal.type().scale();
            BigInteger power = BigInteger.TEN.pow(Math.abs(missing));
            boolean exact = missing >= 0 || unscaled.mod(power).signum() == 0;
            BigInteger scaled = missing >= 0 ? unscaled.multiply(power) : unscaled.divide(power);
            if (exact && scaled.bitLength() < 127) {
                values.add(Int128.of(scaled));
            }
        }
        return values;
    }
}
