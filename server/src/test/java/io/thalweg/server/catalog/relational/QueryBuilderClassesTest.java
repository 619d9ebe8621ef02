package io.thalweg.server.catalog.relational;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class QueryBuilderClassesTest {
    /** Uses jOOQ for the first time from two threads at once, from the two ends that need each other. */
    static final class TwoThreads {
        private TwoThreads() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch start = new CountDownLatch(1);
            Thread first = new Thread(() -> use(start, () -> DSL.field(DSL.quotedName("a"))));
            Thread second = new Thread(() -> use(start, () -> DSL.using(org.jooq.SQLDialect.H2)));
            first.start();
            second.start();
            start.countDown();
            first.join();
            second.join();
        }

        private static void use(CountDownLatch start, Runnable action) {
            try {
                start.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            QueryBuilderClasses.load();
            action.run();
        }
    }

    /** Classes are initialised once in a process, so each try needs its own. */
    @Test
    void initialisesInAnyOrderOfThreads() throws Exception {
        for (int i = 0; i < 3; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            TwoThreads.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertTrue(ended, "two threads wait for each other");
            assertEquals(0, process.exitValue());
        }
    }
}
