package io.thalweg.runtime.foreign;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.JavaSignature;
import io.thalweg.model.expression.JavaType;
import io.thalweg.runtime.expression.function.JavaValues;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at a class for what it is as a function. */
public final class JavaInspection {
    private static final String METHOD = "eval";
    private static final String HINT =
            "Types: boolean, int, long, float, double, their boxes where NULL may come, String, BigDecimal, LocalDate,"
                    + " LocalTime, LocalDateTime, Instant and byte[].";

    private JavaInspection() {}

    /**
     * What the {@code eval} methods of a class take and return, in an order that depends on their types only.
     *
     * @throws ThalwegException if the class cannot be a function
     */
    public static List<JavaSignature> signatures(JarClasses jar, String className) {
        Class<?> type = JavaCode.load(jar, className);
        requireUsable(type);
        List<JavaSignature> signatures = new ArrayList<>();
        try {
            for (Method method : type.getMethods()) {
                if (method.getName().equals(METHOD) && !method.isBridge() && !method.isSynthetic()) {
                    signatures.add(signature(method));
                }
            }
        } catch (LinkageError | TypeNotPresentException failure) {
            throw invalid(type, "cannot be loaded: " + JavaValues.message(failure));
        }
        if (signatures.isEmpty()) {
            throw invalid(type, "has no public method " + METHOD).withHint(HINT);
        }
        signatures.sort(Comparator.comparing(JavaSignature::toString));
        if (signatures.stream().map(JavaSignature::parameters).distinct().count() < signatures.size()) {
            throw invalid(type, "has two methods " + METHOD + " that take the same");
        }
        return signatures;
    }

    private static void requireUsable(Class<?> type) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!Modifier.isPublic(outer.getModifiers())) {
                throw invalid(type, "is not public");
            }
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        if (Modifier.isAbstract(type.getModifiers()) || inner || type.getCanonicalName() == null) {
            throw invalid(type, "is abstract, or part of an object of another class");
        }
        boolean makes = Stream.of(type.getConstructors()).anyMatch(each -> each.getParameterCount() == 0);
        if (!makes) {
            throw invalid(type, "has no public constructor without parameters");
        }
    }

    private static JavaSignature signature(Method method) {
        List<JavaType> parameters = Stream.of(method.getParameterTypes())
                .map(type -> known(method, type))
                .toList();
        return new JavaSignature(parameters, known(method, method.getReturnType()));
    }

    private static JavaType known(Method method, Class<?> type) {
        return JavaType.of(type).orElseThrow(() -> {
            String parameters = Stream.of(method.getParameterTypes())
                    .map(Class::getSimpleName)
                    .collect(Collectors.joining(", "));
            return invalid(
                            method.getDeclaringClass(),
                            "has a method " + METHOD + "(" + parameters + ") with type " + type.getSimpleName()
                                    + ", which functions do not have")
                    .withHint(HINT);
        });
    }

    private static ThalwegException invalid(Class<?> type, String why) {
        return new ThalwegException(ErrorCode.INVALID_DEFINITION, "class " + type.getName() + " " + why);
    }
}
