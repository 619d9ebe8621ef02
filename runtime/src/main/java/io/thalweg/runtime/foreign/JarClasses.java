package io.thalweg.runtime.foreign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one jar, which see the Java platform and each other and nothing of ours. The jar is read once and held in memory:
 * what runs is what was hashed, whatever becomes of the file.
 */
public final class JarClasses extends ClassLoader {
    /** The most bytes that a jar may have when it is unpacked. */
    public static final long MAX_UNPACKED_BYTES = 256L << 20;

    private final Map<String, byte[]> entries;
    private final JavaCallers callers = new JavaCallers(this);

    private JarClasses(String name, Map<String, byte[]> entries) {
        super(name, ClassLoader.getPlatformClassLoader());
        this.entries = entries;
    }

    /**
     * Unpacks a jar.
     *
     * @param name what it is called in stack traces
     * @throws IOException if the bytes are no jar, or too many when unpacked
     */
    public static JarClasses of(String name, byte[] jar) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        long left = MAX_UNPACKED_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes((int) left);
                left -= bytes.length;
                if (left == 0) {
                    throw new IOException("the jar has more than " + MAX_UNPACKED_BYTES + " bytes when unpacked");
                }
                entries.put(entry.getName(), bytes);
            }
        }
        if (entries.isEmpty()) {
            throw new IOException("the file is no jar, or an empty one");
        }
        return new JarClasses(name, entries);
    }

    JavaCallers callers() {
        return callers;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = entries.get(name.replace('.', '/') + ".class");
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = entries.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
