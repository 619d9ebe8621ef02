package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.runtime.expression.function.WideDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the Java of expressions into a class. A fragment that grows past a bound becomes a method of its own: HotSpot
 * does not compile methods of more than 8,000 bytecodes.
 */
final class ExpressionGenerator implements ScalarExpression.Visitor<Fragment> {
    /** Four characters of source make about one bytecode, so this is far below the limit for a method. */
    static final int MAX_CODE_LENGTH = 8_000;

    /** A longer term is kept in a variable, since it may be used several times. */
    private static final int MAX_TERM_LENGTH = 160;

    private final ProgramSource source;
    private final boolean literalsAreConstants;

    /**
     * @param literalsAreConstants whether numbers go to the constructor as other constants do rather than into the text:
     *     slower to run, but expressions that differ in them share a class
     */
    ExpressionGenerator(ProgramSource source, boolean literalsAreConstants) {
        this.source = source;
        this.literalsAreConstants = literalsAreConstants;
    }

    ProgramSource source() {
        return source;
    }

    /** The Java of an expression; short enough to be part of a method. */
    Fragment generate(ScalarExpression expression) {
        Fragment fragment = withShortTerms(expression.accept(this));
        return fragment.code().length() > MAX_CODE_LENGTH ? inOwnMethod(fragment) : fragment;
    }

    private Fragment withShortTerms(Fragment fragment) {
        Fragment result = fragment;
        if (result.value().length() > MAX_TERM_LENGTH) {
            String name = "value" + source.nextNumber();
            String code = format("%s %s = %s;%n", result.kind().javaType(), name, result.value());
            result = new Fragment(result.code() + code, name, result.isNull(), result.type());
        }
        if (result.isNull().length() > MAX_TERM_LENGTH) {
            String name = "null" + source.nextNumber();
            String code = format("boolean %s = %s;%n", name, result.isNull());
            result = new Fragment(result.code() + code, result.value(), name, result.type());
        }
        return result;
    }

    /** The Java of several expressions that go to one method. */
    List<Fragment> generateAll(List<ScalarExpression> expressions) {
        List<Fragment> fragments = new ArrayList<>(expressions.size());
        int total = 0;
        for (ScalarExpression expression : expressions) {
            Fragment fragment = generate(expression);
            fragments.add(fragment);
            total += fragment.code().length();
        }
        while (total > MAX_CODE_LENGTH) {
            int longest = 0;
            for (int i = 1; i < fragments.size(); i++) {
                if (fragments.get(i).code().length()
                        > fragments.get(longest).code().length()) {
                    longest = i;
                }
            }
            Fragment moved = inOwnMethod(fragments.get(longest));
            int saved = fragments.get(longest).code().length() - moved.code().length();
            if (saved <= 0) {
                break;
            }
            fragments.set(longest, moved);
            total -= saved;
        }
        return fragments;
    }

    /** The same value computed by a new method. */
    Fragment inOwnMethod(Fragment fragment) {
        int number = source.nextNumber();
        String type = fragment.kind().javaType();
        boolean nullable = !fragment.neverNull();
        String setNull = nullable ? format("    isNull%d = %s;%n", number, fragment.isNull()) : "";
        if (nullable) {
            source.addField("private boolean isNull" + number + ";");
        }
        source.addMethod(format(
                "  private %s part%d(int row) {%n%s%s    return %s;%n  }",
                type, number, fragment.code(), setNull, fragment.value()));
        String code = format("%s value%d = part%d(row);%n", type, number, number);
        if (!nullable) {
            return Fragment.of(code, "value" + number, fragment.type());
        }
        return new Fragment(
                code + format("boolean null%d = isNull%d;%n", number, number),
                "value" + number,
                "null" + number,
                fragment.type());
    }

    /** The expression as a value of a type: itself, or under a CAST if the two differ in more than nullability. */
    static ScalarExpression coerce(ScalarExpression expression, SqlType type) {
        SqlType from = expression.type();
        boolean same = from.name() == type.name()
                && switch (type.name()) {
                    case DECIMAL -> from.precision() == type.precision() && from.scale() == type.scale();
                    case CHAR -> from.precision() == type.precision();
                    case ARRAY, MAP, ROW -> from.sameExceptNullability(type);
                    default -> true;
                };
        boolean widerText = type.name() == TypeName.VARCHAR && from.name() == TypeName.CHAR;
        if (same || widerText) {
            return expression;
        }
        if (from.name() == TypeName.NULL || (expression instanceof Literal literal && literal.isNull())) {
            return Literal.nullOf(type);
        }
        return new FunctionCall(ScalarFunction.CAST, List.of(expression), type.withNullable(from.nullable()));
    }

    @Override
    public Fragment visitColumn(ColumnReference column) {
        SqlType type = column.type();
        if (type.name() == TypeName.NULL) {
            return Fragment.nullOf(type);
        }
        source.useColumn(column.column());
        String index = Integer.toString(column.column());
        StringBuilder code = new StringBuilder();
        String isNull = "false";
        if (type.nullable()) {
            isNull = "(nulls# != null && (nulls#[row >>> 6] >>> row & 1L) != 0L)".replace("#", index);
        }
        String value = switch (ValueKind.of(type)) {
            case BOOLEAN -> "(column#[row] != 0)";
            case INT, LONG, DOUBLE -> "column#[row]";
            case WIDE_DECIMAL -> {
                String wide = ProgramSource.columnHolder(column.column());
                code.append(wide).append(format(".set(high#[row], low#[row]);%n"));
                yield wide;
            }
            case BYTES -> {
                String slice = ProgramSource.columnHolder(column.column());
                String entry = "entry" + source.nextNumber();
                code.append(format("int %s = codes# == null ? row : codes#[row];%n", entry));
                code.append(format("%s.set(data#, starts#[%s], lengths#[%s]);%n", slice, entry, entry));
                yield slice;
            }
        };
        return new Fragment(code.toString().replace("#", index), value.replace("#", index), isNull, type);
    }

    @Override
    public Fragment visitLiteral(Literal literal) {
        SqlType type = literal.type();
        Object value = literal.value();
        if (value == null) {
            return Fragment.nullOf(type);
        }
        return Fragment.of("", literalTerm(value, ValueKind.of(type)), type);
    }

    private String literalTerm(Object value, ValueKind kind) {
        if (kind == ValueKind.WIDE_DECIMAL) {
            return source.constant(WideDecimal.of((Int128) value), WideDecimal.class);
        }
        if (kind == ValueKind.BYTES) {
            return source.constant(literalSlice(value), Slice.class);
        }
        Object primitive = kind == ValueKind.BOOLEAN ? (Object) value.equals(1) : value;
        if (literalsAreConstants) {
            return source.primitiveConstant(primitive, kind);
        }
        return switch (kind) {
            case BOOLEAN -> primitive.toString();
            case INT -> intTerm((Integer) value);
            case LONG -> longTerm((Long) value);
            default -> doubleTerm((Double) value);
        };
    }

    /** The bytes of a text or binary literal. */
    static Slice literalSlice(Object value) {
        return value instanceof String text ? Slice.of(text) : Slice.of((byte[]) value);
    }

    static String intTerm(int value) {
        return value == Integer.MIN_VALUE ? "Integer.MIN_VALUE" : "(" + value + ")";
    }

    static String longTerm(long value) {
        return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : "(" + value + "L)";
    }

    private static String doubleTerm(double value) {
        return "Double.longBitsToDouble(" + longTerm(Double.doubleToRawLongBits(value)) + ")";
    }

    @Override
    public Fragment visitParameter(ParameterReference parameter) {
        throw new ThalwegException(
                ErrorCode.PARAMETER_MISMATCH, "parameter " + (parameter.index() + 1) + " has no value");
    }

    @Override
    public Fragment visitCall(FunctionCall call) {
        return FunctionLibrary.find(call).generate(call, this);
    }

    /** The literal that an argument of a call is, if it is there and is one. */
    static @Nullable Literal literalArgument(FunctionCall call, int index) {
        return index < call.arguments().size() && call.argument(index) instanceof Literal literal ? literal : null;
    }
}
