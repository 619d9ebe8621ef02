package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The plans of the queries in {@code plans/}, and the errors of those in {@code errors/}, as text. */
class GoldenPlanTest {
    private static final StatementRunner RUNNER = new StatementRunner();

    @TestFactory
    Stream<DynamicTest> plansAsWritten() {
        return GoldenFile.all("plans").stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.toString(), () -> assertEquals(List.of(), file.differences(RUNNER::planText))));
    }

    @TestFactory
    Stream<DynamicTest> failsAsWritten() {
        return GoldenFile.all("errors").stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.toString(), () -> assertEquals(List.of(), file.differences(RUNNER::errorText))));
    }
}
