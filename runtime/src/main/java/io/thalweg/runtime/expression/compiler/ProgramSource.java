package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The class being written: its fields, constants and methods. Constants that are objects are handed to the constructor,
 * so that programs which differ in them only have the same source and share one compiled class.
 */
final class ProgramSource {
    static final String PACKAGE_NAME = "io.thalweg.runtime.expression.generated";
    static final String CLASS_NAME = "Program";

    private static final int STATEMENTS_PER_METHOD = 500;

    private static final List<String> IMPORTS = List.of(
            "io.thalweg.model.delta.*",
            "io.thalweg.model.nested.*",
            "io.thalweg.runtime.expression.compiler.GeneratedProgram",
            "io.thalweg.runtime.expression.compiler.SliceWriter",
            "io.thalweg.runtime.expression.function.*",
            "io.thalweg.runtime.expression.json.*");

    private final RowType input;
    private final StringBuilder fields = new StringBuilder();
    private final List<String> construction = new ArrayList<>();
    private final StringBuilder methods = new StringBuilder();
    private final List<Object> constants = new ArrayList<>();
    private final Map<String, Class<?>> callers = new HashMap<>();
    private final SortedSet<Integer> allColumns = new TreeSet<>();
    private final SortedSet<Integer> loopColumns = new TreeSet<>();
    private int lastName;

    ProgramSource(RowType input) {
        this.input = input;
    }

    /** A number that no other name of the class ends with. */
    int nextNumber() {
        return ++lastName;
    }

    /** The name of a new field that holds an object. */
    String constant(Object value, Class<?> type) {
        String name = type.getSimpleName();
        if (type.getPackageName().equals(PACKAGE_NAME)) {
            callers.put(type.getName(), type);
        }
        return addConstant(value, name, format("(%s) constants[%d]", name, constants.size()));
    }

    /** The name of a new field that holds a number or a truth value. */
    String primitiveConstant(Object value, ValueKind kind) {
        String unboxed = switch (kind) {
            case BOOLEAN -> "((Boolean) constants[%d]).booleanValue()";
            case INT -> "((Integer) constants[%d]).intValue()";
            case LONG -> "((Long) constants[%d]).longValue()";
            case DOUBLE -> "((Double) constants[%d]).doubleValue()";
            case WIDE_DECIMAL, BYTES -> throw new IllegalArgumentException(kind + " is not primitive");
        };
        return addConstant(value, kind.javaType(), format(unboxed, constants.size()));
    }

    private String addConstant(Object value, String type, String term) {
        String name = "constant" + nextNumber();
        fields.append(format("  private %s %s;%n", type, name));
        construction.add(format("    %s = %s;%n", name, term));
        constants.add(value);
        return name;
    }

    /** The name of a new field that holds an object of a class which has a constructor without arguments. */
    String scratch(String type) {
        String name = Character.toLowerCase(type.charAt(0)) + type.substring(1) + nextNumber();
        addScratch(name, type);
        return name;
    }

    private void addScratch(String name, String type) {
        fields.append(format("  private %s %s;%n", type, name));
        construction.add(format("    %s = new %s();%n", name, type));
    }

    void addField(String declaration) {
        fields.append("  ").append(declaration).append('\n');
    }

    void addMethod(String text) {
        methods.append(text).append('\n');
    }

    /** Begins a loop: {@link #columnLocals} will name the columns used from here on. */
    void beginLoop() {
        loopColumns.clear();
    }

    void useColumn(int index) {
        if (allColumns.add(index)) {
            String number = Integer.toString(index);
            switch (input.type(index).kind()) {
                case INT -> addField("private int[] column" + number + ";");
                case LONG -> addField("private long[] column" + number + ";");
                case DOUBLE -> addField("private double[] column" + number + ";");
                case DECIMAL128 -> {
                    addField("private long[] high" + number + ", low" + number + ";");
                    addScratch(columnHolder(index), "WideDecimal");
                }
                case BYTES -> {
                    addScratch(columnHolder(index), "Slice");
                    addField("private byte[] data" + number + ";");
                    addField(format("private int[] starts%s, lengths%s, codes%s;", number, number, number));
                }
            }
            addField("private long[] nulls" + number + ";");
        }
        loopColumns.add(index);
    }

    /** The field that holds the value of a text or wide column in the current row, for all who read it. */
    static String columnHolder(int index) {
        return "cell" + index;
    }

    /** Declarations of locals of the same names as the fields of the loop's columns. */
    String columnLocals() {
        StringBuilder locals = new StringBuilder();
        for (int index : loopColumns) {
            String template = switch (input.type(index).kind()) {
                case INT -> "final int[] column# = this.column#;";
                case LONG -> "final long[] column# = this.column#;";
                case DOUBLE -> "final double[] column# = this.column#;";
                case DECIMAL128 -> "final long[] high# = this.high#; final long[] low# = this.low#;";
                case BYTES ->
                    "final byte[] data# = this.data#; final int[] starts# = this.starts#;"
                            + " final int[] lengths# = this.lengths#; final int[] codes# = this.codes#;";
            };
            String nulls = input.type(index).nullable() ? " final long[] nulls# = this.nulls#;" : "";
            locals.append("    ")
                    .append((template + nulls).replace("#", Integer.toString(index)))
                    .append('\n');
        }
        return locals.toString();
    }

    /** The classes among the constants' that were generated too, by their names. */
    Map<String, Class<?>> callers() {
        return callers;
    }

    Object[] constants() {
        return constants.toArray();
    }

    /** The source of the whole class. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("package ").append(PACKAGE_NAME).append(format(";%n"));
        for (String imported : IMPORTS) {
            text.append("import ").append(imported).append(format(";%n"));
        }
        text.append(format("public final class %s extends GeneratedProgram {%n", CLASS_NAME));
        text.append(fields);
        text.append(constructionMethods());
        text.append(bindingMethods());
        text.append(methods);
        return text.append("}").toString();
    }

    /** The constructor, in parts: a method cannot have more than 64 KB of bytecodes. */
    private String constructionMethods() {
        StringBuilder calls = new StringBuilder();
        StringBuilder parts = new StringBuilder();
        for (int from = 0; from < construction.size(); from += STATEMENTS_PER_METHOD) {
            int to = Math.min(construction.size(), from + STATEMENTS_PER_METHOD);
            calls.append(format("    construct%d(constants);%n", from));
            parts.append(format(
                    "  private void construct%d(Object[] constants) {%n%s  }%n",
                    from, String.join("", construction.subList(from, to))));
        }
        return format("  public %s(Object[] constants) {%n%s  }%n%s", CLASS_NAME, calls, parts);
    }

    private String bindingMethods() {
        StringBuilder text = new StringBuilder();
        text.append("  private static final int[] USED_COLUMNS = {");
        allColumns.forEach(index -> text.append(index).append(", "));
        text.append(format("};%n  protected int[] usedColumns() { return USED_COLUMNS; }%n"));
        text.append(format("  public void bindColumn(int index, Column column) {%n    switch (index) {%n"));
        for (int index : allColumns) {
            text.append(bindingCase(index).replace("#", Integer.toString(index)));
        }
        return text.append(format("    default: throw new IllegalArgumentException(); }%n  }%n"))
                .toString();
    }

    private String bindingCase(int index) {
        String assignments = switch (input.type(index).kind()) {
            case INT -> "column# = ((IntColumn) column).values();";
            case LONG -> "column# = ((LongColumn) column).values();";
            case DOUBLE -> "column# = ((DoubleColumn) column).values();";
            case DECIMAL128 ->
                "high# = ((Decimal128Column) column).high();" + " low# = ((Decimal128Column) column).low();";
            case BYTES ->
                "BytesColumn bytes# = (BytesColumn) column; data# = bytes#.data();"
                        + " starts# = bytes#.starts(); lengths# = bytes#.lengths(); codes# = bytes#.codes();";
        };
        return "    case #: { " + assignments + format(" nulls# = column.nulls(); break; }%n");
    }
}
