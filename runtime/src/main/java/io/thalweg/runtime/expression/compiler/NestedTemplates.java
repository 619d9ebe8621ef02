package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.NestedCursor;
import java.util.List;

/** Arrays, maps and rows: making them, taking something out, and converting all that is in them. */
final class NestedTemplates {
    private NestedTemplates() {}

    static void register(FunctionLibrary.Builder library) {
        library.any(ScalarFunction.ARRAY_OF, NestedTemplates::construct);
        library.any(ScalarFunction.MAP_OF, NestedTemplates::construct);
        library.any(ScalarFunction.ROW_OF, NestedTemplates::construct);
        library.any(ScalarFunction.SORT_KEY, NestedTemplates::sortKey);
        library.any(ScalarFunction.ELEMENT_AT, StrictTemplate.of(call -> find(call, "element($0, $1)")));
        library.any(ScalarFunction.FIELD_OF, StrictTemplate.of(call -> find(call, "field($0, $1)")));
        library.any(ScalarFunction.ENTRY_AT, StrictTemplate.of(call -> find(call, "entry($0, " + key(call) + ")")));
    }

    /** Reads the component that a method of a cursor over the first argument goes to. */
    static String find(StrictCall call, String pattern) {
        String cursor = cursor(call.type(0), call.source());
        call.before(cursor + "." + call.fill(pattern) + ";");
        call.nullIf(cursor + ".isNull()");
        return read(cursor, call.type(), ValueKind.of(call.type()).isHolder() ? call.result() : "");
    }

    private static String cursor(SqlType type, ProgramSource source) {
        return source.constant(new NestedCursor(type), NestedCursor.class);
    }

    /** The second argument as a marked component in a writer. */
    static String key(StrictCall call) {
        String writer = call.source().scratch("NestedWriter");
        call.before(writer + ".begin();");
        call.before(append(writer, call.value(1), call.type(1)));
        return writer;
    }

    /** A term that reads the component at which a cursor stands, or the statement that puts it into a holder. */
    private static String read(String cursor, SqlType type, String holder) {
        return switch (ValueKind.of(type)) {
            case BOOLEAN -> cursor + ".booleanValue()";
            case INT -> cursor + ".intValue()";
            case LONG -> cursor + ".longValue()";
            case DOUBLE -> cursor + ".doubleValue()";
            case WIDE_DECIMAL -> cursor + ".decimalValue(" + holder + ")";
            case BYTES -> cursor + ".bytesValue(" + holder + ")";
        };
    }

    /** A statement that appends a value that is not NULL. */
    static String append(String writer, String value, SqlType type) {
        String method = switch (ValueKind.of(type)) {
            case BOOLEAN -> "appendInt(# ? 1 : 0);";
            case INT -> "appendInt(#);";
            case LONG -> "appendLong(#);";
            case DOUBLE -> "appendDouble(#);";
            case WIDE_DECIMAL -> "appendDecimal128(#.high, #.low);";
            case BYTES -> (type.name().isNested() ? "appendNested" : "appendBytes") + "(#.data, #.start, #.length);";
        };
        return writer + "." + method.replace("#", value);
    }

    private static String appendNullable(String writer, Fragment value) {
        if (value.alwaysNull()) {
            return format("%s.appendNull();%n", writer);
        }
        String append = append(writer, value.value(), value.type());
        return value.neverNull()
                ? append + '\n'
                : format("if (%s) { %s.appendNull(); } else { %s }%n", value.isNull(), writer, append);
    }

    private static Fragment construct(FunctionCall call, ExpressionGenerator generator) {
        ProgramSource source = generator.source();
        List<Fragment> parts = generator.generateAll(call.arguments());
        String writer = source.scratch("NestedWriter");
        String result = source.scratch("Slice");
        boolean map = call.function() == ScalarFunction.MAP_OF;
        StringBuilder code = new StringBuilder();
        parts.forEach(part -> code.append(part.code()));
        code.append(format("%s.begin();%n", writer));
        for (int i = 0; i < parts.size(); i++) {
            code.append(map && i % 2 == 0 ? format("%s.beginEntry();%n", writer) : "");
            code.append(appendNullable(writer, parts.get(i)));
            code.append(map && i % 2 == 0 ? format("%s.endKey();%n", writer) : "");
        }
        code.append(end(writer, call.type(), result));
        return Fragment.of(code.toString(), result, call.type());
    }

    private static Fragment sortKey(FunctionCall call, ExpressionGenerator generator) {
        ProgramSource source = generator.source();
        Fragment value = generator.generate(call.argument(0));
        String descending = generator.generate(call.argument(1)).value();
        String nullsFirst = generator.generate(call.argument(2)).value();
        String writer = source.scratch("NestedWriter");
        String result = source.scratch("Slice");
        String code = value.code()
                + format("%s.begin();%n%s", writer, appendNullable(writer, value))
                + format("SortKeys.make(%s, %s, %s, %s);%n", writer, descending, nullsFirst, result);
        return Fragment.of(code, result, call.type());
    }

    private static String end(String writer, SqlType type, String result) {
        String end = switch (type.name()) {
            case ARRAY -> format("%s.endArray();%n", writer);
            case MAP -> format("%s.endMap();%n", writer);
            default -> "";
        };
        return end + format("%s.setPassing(%s.data(), %s.length());%n", result, writer, writer);
    }

    /** Writes a method that converts a nested value component by component, and the call of it. */
    static String convert(StrictCall call, boolean lenient) {
        ProgramSource source = call.source();
        SqlType from = call.type(0);
        SqlType to = call.type();
        String cursor = cursor(from, source);
        String writer = source.scratch("NestedWriter");
        int number = source.nextNumber();
        StringBuilder code = new StringBuilder();
        code.append(format("    %s.begin(value);%n    %s.begin();%n", cursor, writer));
        Components components = new Components(cursor, writer, lenient, source);
        if (to.name() == TypeName.ROW) {
            for (int i = 0; i < to.components().size(); i++) {
                code.append(format("%s.next(%d);%n", cursor, i));
                code.append(components.convert(from.component(i), to.component(i)));
            }
        } else {
            boolean map = to.name() == TypeName.MAP;
            code.append(format("while (%s.next(0)) {%n", cursor));
            code.append(map ? format("%s.beginEntry();%n", writer) : "");
            code.append(components.convert(from.component(0), to.component(0)));
            if (map) {
                code.append(format("%s.endKey();%n%s.next(1);%n", writer, cursor));
                code.append(components.convert(from.component(1), to.component(1)));
            }
            code.append(format("}%n"));
        }
        code.append(end(writer, to, "result"));
        source.addMethod(format("  private void convert%d(Slice value, Slice result) {%n%s  }", number, code));
        return format("convert%d(%s, %s)", number, call.value(0), call.result());
    }

    /** How one component after the other goes from a cursor to a writer. */
    private record Components(String cursor, String writer, boolean lenient, ProgramSource source) {
        String convert(SqlType from, SqlType to) {
            int number = source.nextNumber();
            ValueKind kind = ValueKind.of(from);
            String value = kind.isHolder() ? source.scratch(kind.javaType()) : "element" + number;
            String read = read(cursor, from, value);
            String isNull = "elementIsNull" + number;
            String code = format("boolean %s = %s.isNull();%n", isNull, cursor)
                    + (kind.isHolder() ? read : kind.javaType() + " " + value + " = " + read)
                    + format(";%n");
            Fragment converted = CastTemplates.convert(new Fragment(code, value, isNull, from), to, lenient, source);
            return (converted.alwaysNull() ? code : converted.code()) + appendNullable(writer, converted);
        }
    }
}
