package io.thalweg.tests;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.thalweg.tests.ModuleTable.Module;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the module table: who may see whom, which library lives where, and no cycles between packages. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.thalweg");

    @Test
    void everyModuleIsSeen() {
        List<String> unseen = ModuleTable.MODULES.stream()
                .filter(module -> CLASSES.stream().noneMatch(type -> module.owns(type.getPackageName())))
                .map(Module::directory)
                .toList();
        assertEquals(List.of(), unseen, "modules without a class on the class path of these tests");
    }

    @Test
    void everyClassBelongsToAModule() {
        List<String> homeless = CLASSES.stream()
                .filter(type -> ModuleTable.owner(type.getPackageName()).isEmpty())
                .map(JavaClass::getName)
                .toList();
        assertEquals(List.of(), homeless);
    }

    @Test
    void modulesDependOnlyOnWhatTheTablePermits() {
        assertEquals(List.of(), violations(ArchitectureTest::crossesTheTable));
    }

    @Test
    void librariesStayInTheirModules() {
        assertEquals(List.of(), violations(ArchitectureTest::bringsInALibrary));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.thalweg.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void frontDoorsDoNotKnowEachOther() {
        slices().matching("io.thalweg.server.door.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static List<String> violations(Predicate<Dependency> violates) {
        return CLASSES.stream()
                .map(JavaClass::getDirectDependenciesFromSelf)
                .flatMap(Set::stream)
                .filter(violates)
                .map(Dependency::getDescription)
                .sorted()
                .toList();
    }

    private static boolean crossesTheTable(Dependency dependency) {
        return ends(dependency)
                .anyMatch(ends -> ModuleTable.owner(ends.target())
                        .filter(target -> !ends.origin().maySee(target))
                        .isPresent());
    }

    private static boolean bringsInALibrary(Dependency dependency) {
        return ends(dependency)
                .anyMatch(ends -> ModuleTable.owner(ends.target()).isEmpty()
                        && !ends.origin().maySeeLibrary(ends.target()));
    }

    /** The module a dependency starts in, and the package it ends in. */
    private record Ends(Module origin, String target) {}

    private static Stream<Ends> ends(Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.isPrimitive()) {
            return Stream.empty();
        }
        return ModuleTable.owner(dependency.getOriginClass().getPackageName()).stream()
                .map(origin -> new Ends(origin, target.getPackageName()));
    }
}
