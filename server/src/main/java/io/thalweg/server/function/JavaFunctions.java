package io.thalweg.server.function;

import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.JavaSignature;
import io.thalweg.parser.ast.CreateFunction;
import io.thalweg.runtime.foreign.JarClasses;
import io.thalweg.runtime.foreign.JavaCode;
import io.thalweg.runtime.foreign.JavaInspection;
import io.thalweg.server.copy.CopyDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code of the functions of a catalog: each is loaded when it is made and at every start, and given back when it is dropped. A jar
 * that has changed since or is gone is left out, and whatever calls its functions fails. Thread-safe.
 */
public final class JavaFunctions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JavaFunctions.class);
    private static final int MAX_JAR_BYTES = 64 << 20;

    private final CopyDirectory directory;
    /** By the ids of functions; guarded by this. */
    private final Map<Long, String> provided = new HashMap<>();

    /** @param directory where the jars are */
    public JavaFunctions(CopyDirectory directory) {
        this.directory = directory;
    }

    /** A jar that was read once. */
    private record Jar(String digest, JarClasses classes) {}

    /** Loads what functions of a catalog need, at a start. */
    public void start(Collection<FunctionDefinition> functions) {
        for (FunctionDefinition function : functions) {
            try {
                Jar jar = read(function.jar());
                if (jar.digest.equals(function.digest())) {
                    provide(function.id(), jar);
                } else {
                    LOG.warn("jar {} has changed since function {} was made", function.jar(), function.name());
                }
            } catch (ThalwegException failure) {
                LOG.warn("function {} cannot be called: {}", function.name(), failure.getMessage());
            }
        }
    }

    /**
     * Reads the jar of a function and looks at its class. Until {@link #remove} its code can be called.
     *
     * @throws ThalwegException if the class is none for a function
     */
    public FunctionDefinition define(CreateFunction create, long id, ObjectName name) {
        Jar jar;
        try {
            jar = read(create.jar());
        } catch (ThalwegException failure) {
            throw failure.at(create.jarSpan());
        }
        List<JavaSignature> signatures = JavaInspection.signatures(jar.classes, create.className());
        FunctionDefinition function = new FunctionDefinition(
                id, name, create.className(), create.jar(), jar.digest, create.deterministic(), signatures);
        provide(id, jar);
        try {
            signatures.forEach(signature -> JavaCode.caller(function.method(signature)));
        } catch (RuntimeException | Error failure) {
            remove(function);
            throw failure;
        }
        return function;
    }

    private synchronized void provide(long id, Jar jar) {
        JavaCode.provide(jar.digest, jar.classes);
        provided.put(id, jar.digest);
    }

    /** Gives back the code of a function, which queries that run go on with. */
    public synchronized void remove(FunctionDefinition function) {
        String digest = provided.remove(function.id());
        if (digest != null) {
            JavaCode.withdraw(digest);
        }
    }

    private Jar read(String name) {
        try (InputStream in = Files.newInputStream(directory.readable(name))) {
            byte[] bytes = in.readNBytes(MAX_JAR_BYTES + 1);
            if (bytes.length > MAX_JAR_BYTES) {
                throw new ThalwegException(
                        ErrorCode.VALUE_TOO_LARGE, "jar " + name + " has more than " + MAX_JAR_BYTES + " bytes");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Jar(HexFormat.of().formatHex(digest), JarClasses.of(name, bytes));
        } catch (IOException failure) {
            throw new ThalwegException(ErrorCode.IO_ERROR, "jar " + name + " cannot be read as one", failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public synchronized void close() {
        provided.values().forEach(JavaCode::withdraw);
        provided.clear();
    }
}
