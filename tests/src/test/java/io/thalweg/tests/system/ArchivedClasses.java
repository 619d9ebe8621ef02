package io.thalweg.tests.system;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The classes of the server in an archive, from which a JVM starts faster: worth the making for many starts. */
public final class ArchivedClasses {
    private final String classPath;
    private final Path archive;

    /**
     * Packs the directories of the class path, since an archive takes jars only.
     *
     * @param directory holds the jars and the archive as long as servers are started from them
     */
    public ArchivedClasses(Path directory) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : ServerProcess.classPath().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = directory.resolve("classes-" + jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar.toString());
            } else if (Files.exists(path)) {
                jars.add(entry);
            }
        }
        this.classPath = String.join(File.pathSeparator, jars);
        this.archive = directory.resolve("classes.jsa");
    }

    /** Flags for the server that makes the archive when it is stopped. */
    public String[] makingFlags() {
        return new String[] {"-XX:ArchiveClassesAtExit=" + archive, "-cp", classPath};
    }

    /** Flags for a server that starts from the archive. */
    public String[] usingFlags() {
        return new String[] {"-XX:SharedArchiveFile=" + archive, "-cp", classPath};
    }

    private static void pack(Path directory, Path jar) throws IOException {
        try (OutputStream output = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(output);
                Stream<Path> files = Files.walk(directory)) {
            zip.setLevel(0);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
