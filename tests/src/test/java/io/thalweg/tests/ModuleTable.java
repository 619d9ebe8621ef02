package io.thalweg.tests;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The module table of ARCHITECTURE.md as data: each module's package, and what it may see. */
final class ModuleTable {

    private ModuleTable() {}

    /** A module: its folder, its root package, the modules and the library packages its code may refer to. */
    record Module(String directory, String rootPackage, Set<String> modules, Set<String> libraries) {

        boolean owns(String packageName) {
            return isWithin(packageName, rootPackage);
        }

        boolean maySee(Module other) {
            return directory.equals(other.directory) || modules.contains(other.directory);
        }

        boolean maySeeLibrary(String packageName) {
            return EVERYWHERE.stream().anyMatch(library -> isWithin(packageName, library))
                    || libraries.stream().anyMatch(library -> isWithin(packageName, library));
        }
    }

    /** The JDK's packages, and the annotations that mark what may be null. */
    private static final Set<String> EVERYWHERE = Set.of("java", "javax", "jdk", "org.jspecify.annotations");

    private static final String JACKSON = "com.fasterxml.jackson";

    static final List<Module> MODULES = List.of(
            new Module("model", "io.thalweg.model", Set.of(), Set.of()),
            new Module("sql-parser", "io.thalweg.parser", Set.of("model"), Set.of("org.antlr.v4.runtime")),
            new Module(
                    "planner",
                    "io.thalweg.planner",
                    Set.of("model", "sql-parser"),
                    Set.of("org.apache.calcite", "com.google.common")),
            new Module("runtime", "io.thalweg.runtime", Set.of("model"), Set.of("com.google.re2j", "org.codehaus")),
            new Module("log-engine", "io.thalweg.log", Set.of("model"), Set.of()),
            new Module("wire-protocol", "io.thalweg.wire", Set.of("model"), Set.of()),
            new Module(
                    "server",
                    "io.thalweg.server",
                    Set.of("model", "sql-parser", "planner", "runtime", "log-engine", "wire-protocol"),
                    Set.of(
                            "io.airlift.compress",
                            "io.netty",
                            "org.apache.parquet",
                            "org.h2",
                            "org.jooq",
                            "org.slf4j",
                            "picocli",
                            JACKSON)),
            new Module("jdbc-driver", "io.thalweg.jdbc", Set.of("model", "wire-protocol"), Set.of()),
            new Module(
                    "shell",
                    "io.thalweg.shell",
                    Set.of("model", "jdbc-driver", "sql-parser"),
                    Set.of("org.jline", "picocli")),
            new Module(
                    "benchmarks",
                    "io.thalweg.benchmarks",
                    Set.of(
                            "model",
                            "sql-parser",
                            "planner",
                            "runtime",
                            "log-engine",
                            "wire-protocol",
                            "server",
                            "jdbc-driver"),
                    Set.of(
                            "org.apache.kafka",
                            "org.openjdk.jmh",
                            "joptsimple",
                            "org.duckdb",
                            "org.slf4j",
                            "picocli",
                            JACKSON)));

    static Optional<Module> owner(String packageName) {
        return MODULES.stream().filter(module -> module.owns(packageName)).findFirst();
    }

    private static boolean isWithin(String packageName, String root) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }
}
