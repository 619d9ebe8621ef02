package io.thalweg.runtime.expression.compiler;

import static io.thalweg.runtime.expression.compiler.SourceText.format;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/** Compiles filters with projections, and keeps the classes it compiled last by their source. */
public final class ProgramCompiler {
    private static final int MAX_CACHED_CLASSES = 512;
    /** A class of more source could exceed the 65,535 constants that a class file may have. */
    private static final int MAX_SOURCE_LENGTH = 2_000_000;
    /** Class file version 50, which every JVM since 6 loads and checks without stack maps. */
    private static final int JAVA_VERSION = 6;

    /** Least recently used first; guarded by itself. A class that falls out is unloaded with its last program. */
    private static final Map<String, Constructor<?>> CACHE = new LinkedHashMap<>(64, 0.75f, true);

    private ProgramCompiler() {}

    /** A new program; it shares the class of an earlier one if only constant objects differ. */
    public static GeneratedProgram compile(
            RowType input, Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        return instantiate(new ProgramGenerator(input, false).generate(condition, projections));
    }

    /** A program for one evaluation of an expression without columns: it shares a class wherever possible. */
    public static GeneratedProgram compileConstant(ScalarExpression constant) {
        return instantiate(
                new ProgramGenerator(new RowType(List.of()), true).generate(Optional.empty(), List.of(constant)));
    }

    /** The source that {@link #compile} would compile, for people. */
    public static String sourceText(
            RowType input, Optional<ScalarExpression> condition, List<ScalarExpression> projections) {
        return new ProgramGenerator(input, false)
                .generate(condition, projections)
                .text();
    }

    /** The functions that can be compiled. */
    public static Set<ScalarFunction> functions() {
        return Set.copyOf(FunctionLibrary.functions());
    }

    /** An expression as a value of a type: under a CAST where its own type differs in more than nullability. */
    public static ScalarExpression coerce(ScalarExpression expression, SqlType type) {
        return ExpressionGenerator.coerce(expression, type);
    }

    /** Whether an expression may give something else for equal rows. */
    public static boolean isRandom(ScalarExpression expression) {
        return JavaTemplate.isRandom(expression);
    }

    /** The columns that an expression reads. */
    public static SortedSet<Integer> columnsOf(ScalarExpression expression) {
        SortedSet<Integer> columns = new TreeSet<>();
        collectColumns(expression, columns);
        return columns;
    }

    private static void collectColumns(ScalarExpression expression, SortedSet<Integer> columns) {
        if (expression instanceof ColumnReference column) {
            columns.add(column.column());
        } else if (expression instanceof FunctionCall call) {
            call.arguments().forEach(argument -> collectColumns(argument, columns));
        }
    }

    private static GeneratedProgram instantiate(ProgramSource source) {
        String text = source.text();
        if (text.length() > MAX_SOURCE_LENGTH) {
            throw new ThalwegException(
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    "the expressions of a query take " + text.length() + " characters of code, more than the limit of "
                            + MAX_SOURCE_LENGTH);
        }
        try {
            return (GeneratedProgram) constructor(text, source.callers()).newInstance((Object) source.constants());
        } catch (ReflectiveOperationException | CompileException | InternalCompilerException failure) {
            throw new IllegalStateException(format("generated class does not compile:%n%s", text), failure);
        }
    }

    /** Sees our classes and those that call methods of users, whose names no two of a process share. */
    private static final class Callers extends ClassLoader {
        private final Map<String, Class<?>> callers;

        Callers(Map<String, Class<?>> callers) {
            super(ProgramCompiler.class.getClassLoader());
            this.callers = callers;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> caller = callers.get(name);
            if (caller == null) {
                throw new ClassNotFoundException(name);
            }
            return caller;
        }
    }

    private static Constructor<?> constructor(String text, Map<String, Class<?>> callers)
            throws CompileException, ReflectiveOperationException {
        synchronized (CACHE) {
            Constructor<?> cached = CACHE.get(text);
            if (cached != null) {
                return cached;
            }
        }
        SimpleCompiler compiler = new SimpleCompiler();
        ClassLoader ours = ProgramCompiler.class.getClassLoader();
        compiler.setParentClassLoader(callers.isEmpty() ? ours : new Callers(callers));
        compiler.setSourceVersion(JAVA_VERSION);
        compiler.setTargetVersion(JAVA_VERSION);
        compiler.cook(text);
        Constructor<?> constructor = compiler.getClassLoader()
                .loadClass(ProgramSource.PACKAGE_NAME + "." + ProgramSource.CLASS_NAME)
                .getConstructor(Object[].class);
        synchronized (CACHE) {
            CACHE.put(text, constructor);
            if (CACHE.size() > MAX_CACHED_CLASSES) {
                CACHE.remove(CACHE.keySet().iterator().next());
            }
        }
        return constructor;
    }
}
