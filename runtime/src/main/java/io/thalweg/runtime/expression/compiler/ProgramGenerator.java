package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the class of one filter with projections: a loop over the rows for the filter, and one for each projection. */
final class ProgramGenerator {
    private final ProgramSource source;
    private final ExpressionGenerator expressions;

    ProgramGenerator(RowType input, boolean literalsAreConstants) {
        this.source = new ProgramSource(input);
        this.expressions = new ExpressionGenerator(source, literalsAreConstants);
    }

    /** Writes the class. A projection that is a column as it stands gets no loop: the caller passes the column on. */
    ProgramSource generate(Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        addFilter(condition);
        StringBuilder cases = new StringBuilder();
        for (int i = 0; i < projections.size(); i++) {
            if (projections.get(i) instanceof ColumnReference) {
                continue;
            }
            addProjection(i, projections.get(i));
            cases.append(format("    case %d: return project%d(rows, count);%n", i, i));
        }
        source.addMethod(format(
                        "  public Column project(int projection, int[] rows, int count) {%n    switch (projection) {%n%s",
                        cases)
                + format("    default: throw new IllegalArgumentException(); }%n  }"));
        return source;
    }

    private void addFilter(Optional<ScalarExpression> condition) {
        source.beginLoop();
        StringBuilder body = new StringBuilder();
        List<String> terms = new ArrayList<>();
        for (Fragment conjunct : expressions.generateAll(conjuncts(condition))) {
            if (!conjunct.code().isEmpty() && !terms.isEmpty()) {
                body.append(skipUnless(terms));
                terms.clear();
            }
            body.append(conjunct.code());
            terms.add(
                    conjunct.neverNull() ? conjunct.value() : format("!%s & %s", conjunct.isNull(), conjunct.value()));
        }
        // The row is written first and counted afterwards: without a branch there is none to predict.
        body.append(format("selected[kept] = row;%n"));
        body.append(format("kept += %s ? 1 : 0;%n", terms.isEmpty() ? "true" : allOf(terms)));
        source.addMethod(format("  public int filter(int rowCount, int[] selected) {%n%s", source.columnLocals())
                + format(
                        "    int kept = 0;%n    for (int row = 0; row < rowCount; row++) {%n%s    }%n    return kept;%n  }",
                        body));
    }

    private static String skipUnless(List<String> terms) {
        return format("if (!%s) continue;%n", allOf(terms));
    }

    private static String allOf(List<String> terms) {
        return "(" + String.join(" & ", terms) + ")";
    }

    private static List<ScalarExpression> conjuncts(Optional<ScalarExpression> condition) {
        if (condition.isEmpty()) {
            return List.of();
        }
        ScalarExpression whole = ExpressionGenerator.coerce(condition.get(), SqlType.BOOLEAN);
        if (whole instanceof FunctionCall call && call.function() == ScalarFunction.AND) {
            return LogicTemplates.grouped(call, LogicTemplates.flatten(call));
        }
        return List.of(whole);
    }

    private void addProjection(int index, ScalarExpression projection) {
        source.beginLoop();
        Fragment value = expressions.generate(projection);
        ValueKind kind = value.kind();
        String writer = kind == ValueKind.BYTES ? source.scratch("SliceWriter") : "";
        StringBuilder text = new StringBuilder();
        text.append(format("  private Column project%d(int[] rows, int count) {%n", index));
        text.append(source.columnLocals());
        text.append(begin(kind, writer));
        if (!value.neverNull()) {
            text.append(format("    long[] nulls = null;%n"));
        }
        text.append(format("    for (int i = 0; i < count; i++) {%n"));
        text.append(format("int row = rows == null ? i : rows[i];%n"));
        text.append(value.code());
        if (!value.neverNull()) {
            text.append(
                    format("if (%s) {%nif (nulls == null) nulls = new long[(count + 63) >>> 6];%n", value.isNull()));
            text.append(format("nulls[i >>> 6] |= 1L << i;%n"));
            text.append(kind == ValueKind.BYTES ? writer + format(".appendNull();%n") : "");
            text.append(format("continue;%n}%n"));
        }
        text.append(store(kind, value.value(), writer));
        text.append(format("    }%n    return %s;%n  }", finish(kind, writer, value.neverNull() ? "null" : "nulls")));
        source.addMethod(text.toString());
    }

    private static String begin(ValueKind kind, String writer) {
        return switch (kind) {
            case BOOLEAN, INT -> format("    int[] result = new int[count];%n");
            case LONG -> format("    long[] result = new long[count];%n");
            case DOUBLE -> format("    double[] result = new double[count];%n");
            case WIDE_DECIMAL -> format("    long[] high = new long[count]; long[] low = new long[count];%n");
            case BYTES -> format("    %s.begin(count);%n", writer);
        };
    }

    private static String store(ValueKind kind, String value, String writer) {
        return switch (kind) {
            case BOOLEAN -> format("result[i] = %s ? 1 : 0;%n", value);
            case INT, LONG, DOUBLE -> format("result[i] = %s;%n", value);
            case WIDE_DECIMAL -> format("high[i] = %s.high; low[i] = %s.low;%n", value, value);
            case BYTES -> format("%s.append(%s);%n", writer, value);
        };
    }

    private static String finish(ValueKind kind, String writer, String nulls) {
        return switch (kind) {
            case BOOLEAN, INT -> "new IntColumn(count, result, " + nulls + ")";
            case LONG -> "new LongColumn(count, result, " + nulls + ")";
            case DOUBLE -> "new DoubleColumn(count, result, " + nulls + ")";
            case WIDE_DECIMAL -> "new Decimal128Column(count, high, low, " + nulls + ")";
            case BYTES -> writer + ".finish(" + nulls + ")";
        };
    }
}
