package io.thalweg.log;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class as it is, but for its {@code synchronized} methods, which are not: a mutant of whatever relies on them. */
final class Unlocked {
    private Unlocked() {}

    /** Runs a main class in a JVM of its own that has the mutant of a class; returns what it printed, or nothing. */
    static String run(Path directory, Class<?> mutated, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path file = directory.resolve(mutated.getName().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, mutant(mutated));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                directory + File.pathSeparator + System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output;
    }

    private static byte[] mutant(Class<?> original) throws IOException {
        try (InputStream bytes = original.getResourceAsStream(original.getSimpleName() + ".class")) {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(bytes)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9, writer) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String type, String signature, String[] exceptions) {
                                    int without = access & ~Opcodes.ACC_SYNCHRONIZED;
                                    return super.visitMethod(without, name, type, signature, exceptions);
                                }
                            },
                            0);
            return writer.toByteArray();
        }
    }
}
