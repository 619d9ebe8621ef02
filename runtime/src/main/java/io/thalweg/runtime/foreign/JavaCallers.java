package io.thalweg.runtime.foreign;

import io.thalweg.model.expression.JavaMethod;
import io.thalweg.model.expression.JavaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Writes a class for each method of a jar that is called: {@code call} takes and returns what {@code eval} does, without boxing, and
 * turns whatever is thrown into an error of the query. The calling loop is compiled against it, so that HotSpot sees one plain call.
 */
final class JavaCallers {
    private static final AtomicLong LAST_NUMBER = new AtomicLong();
    /** Class file version 50, which every JVM since 6 loads and checks without stack maps. */
    private static final int JAVA_VERSION = 6;

    private final JarClasses jar;
    private final Map<JavaMethod, Class<?>> classes = new ConcurrentHashMap<>();

    JavaCallers(JarClasses jar) {
        this.jar = jar;
    }

    /** The class that calls a method; its constructor takes the object whose method it is. */
    Class<?> of(JavaMethod method) {
        return classes.computeIfAbsent(method, this::compile);
    }

    /** Sees our classes and the one of the user, whatever it is called. */
    private static final class Bridge extends ClassLoader {
        private final JarClasses jar;
        private final String className;

        Bridge(JarClasses jar, String className) {
            super(JavaCallers.class.getClassLoader());
            this.jar = jar;
            this.className = className;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(className) ? jar.loadClass(name) : super.loadClass(name, resolve);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            return jar.loadClass(name);
        }
    }

    private Class<?> compile(JavaMethod method) {
        String type = JavaCode.load(jar, method.className()).getCanonicalName();
        int count = method.signature().parameters().size();
        String arguments = IntStream.range(0, count).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
        return compile(new Bridge(jar, method.className()), method, type, "return target.eval(" + arguments + ");");
    }

    /** A class of the same shape for a jar that is not there: every call fails with the text that its constructor takes. */
    static Class<?> ofMissing(JavaMethod method) {
        String body = "throw JavaValues.missing(target.toString());";
        return compile(JavaCallers.class.getClassLoader(), method, "Object", body);
    }

    private static Class<?> compile(ClassLoader parent, JavaMethod method, String type, String body) {
        String name = "JavaCall" + LAST_NUMBER.incrementAndGet();
        String text = source(name, method, type, body);
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(parent);
            compiler.setSourceVersion(JAVA_VERSION);
            compiler.setTargetVersion(JAVA_VERSION);
            compiler.cook(text);
            return compiler.getClassLoader().loadClass(JavaCode.CALLER_PACKAGE + "." + name);
        } catch (CompileException | ClassNotFoundException failure) {
            throw new IllegalStateException("generated class does not compile: " + text, failure);
        }
    }

    private static String source(String name, JavaMethod method, String type, String body) {
        List<JavaType> types = method.signature().parameters();
        String parameters = IntStream.range(0, types.size())
                .mapToObj(i -> typeName(types.get(i)) + " a" + i)
                .collect(Collectors.joining(", "));
        String result = typeName(method.signature().result());
        return "package " + JavaCode.CALLER_PACKAGE + ";\n"
                + "import io.thalweg.runtime.expression.function.JavaValues;\n"
                + "public final class " + name + " {\n"
                + "  private final " + type + " target;\n"
                + "  public " + name + "(Object target) { this.target = (" + type + ") target; }\n"
                + "  public " + result + " call(" + parameters + ") {\n"
                + "    try {\n"
                + "      " + body + "\n"
                + "    } catch (Throwable failure) {\n"
                + "      throw JavaValues.failure(\"" + method.function() + "\", failure);\n"
                + "    }\n  }\n}\n";
    }

    private static String typeName(JavaType type) {
        return type.javaClass().getCanonicalName();
    }
}
