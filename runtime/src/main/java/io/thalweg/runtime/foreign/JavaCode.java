package io.thalweg.runtime.foreign;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.JavaMethod;
import io.thalweg.runtime.expression.function.JavaValues;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jars that queries of this process may call, by the digests of their bytes: whoever asks for a digest gets that code and no
 * other, so servers that share a process share it too. Thread-safe.
 */
public final class JavaCode {
    /** The package of the classes that call methods. */
    public static final String CALLER_PACKAGE = "io.thalweg.runtime.expression.generated";

    /** Guarded by itself. */
    private static final Map<String, Provided> PROVIDED = new HashMap<>();

    private JavaCode() {}

    /** A jar and how many functions need it. */
    private record Provided(JarClasses jar, int users) {}

    /**
     * Lets methods of a jar be called, until as many {@link #withdraw}.
     *
     * @param digest SHA-256 of its bytes in hexadecimal
     */
    public static void provide(String digest, JarClasses jar) {
        synchronized (PROVIDED) {
            PROVIDED.merge(digest, new Provided(jar, 1), (old, one) -> new Provided(old.jar, old.users + 1));
        }
    }

    /** Takes back one {@link #provide}. Queries that run go on. */
    public static void withdraw(String digest) {
        synchronized (PROVIDED) {
            PROVIDED.computeIfPresent(
                    digest, (key, old) -> old.users == 1 ? null : new Provided(old.jar, old.users - 1));
        }
    }

    /**
     * A new object that calls the method; it has one owner thread. If the jar is not there it fails when it is called, and not here:
     * so a server starts without the jar, and only what needs it fails.
     */
    public static Object caller(JavaMethod method) {
        JarClasses jar = find(method.digest());
        try {
            if (jar == null) {
                String missing =
                        "jar " + method.jar() + " with SHA-256 " + method.digest() + " is missing or has changed";
                return JavaCallers.ofMissing(method)
                        .getConstructor(Object.class)
                        .newInstance(missing);
            }
            Object target = load(jar, method.className()).getConstructor().newInstance();
            return jar.callers().of(method).getConstructor(Object.class).newInstance(target);
        } catch (ReflectiveOperationException | LinkageError | StackOverflowError failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw JavaValues.failure(method.function(), cause);
        }
    }

    private static @Nullable JarClasses find(String digest) {
        synchronized (PROVIDED) {
            Provided provided = PROVIDED.get(digest);
            return provided == null ? null : provided.jar;
        }
    }

    /** A class of a jar; throws INVALID_DEFINITION if it is not there or does not load. */
    static Class<?> load(JarClasses jar, String className) {
        try {
            return jar.loadClass(className);
        } catch (ClassNotFoundException failure) {
            throw new ThalwegException(
                    ErrorCode.INVALID_DEFINITION, "jar " + jar.getName() + " has no class " + className, failure);
        } catch (LinkageError | SecurityException failure) {
            throw new ThalwegException(
                    ErrorCode.INVALID_DEFINITION,
                    "class " + className + " of jar " + jar.getName() + " cannot be loaded: "
                            + JavaValues.message(failure),
                    failure);
        }
    }
}
