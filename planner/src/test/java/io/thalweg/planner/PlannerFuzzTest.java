package io.thalweg.planner;

import static org.junit.jupiter.api.Assertions.fail;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random statements: each is planned or refused with an error for users, never with one of ours. The seed is printed; set
 * {@code -Dfuzz.seed} to repeat a run and {@code -Dfuzz.count} to do more.
 */
class PlannerFuzzTest {
    /** The same statements in every build; runs by hand take others. */
    private static final long DEFAULT_SEED = 1;

    private static final StatementRunner RUNNER = new StatementRunner();

    @Test
    void neverFailsInternally() {
        long seed = Long.getLong("fuzz.seed", DEFAULT_SEED);
        int count = Integer.getInteger("fuzz.count", 500);
        System.out.println("fuzz.seed=" + seed);
        Random random = new Random(seed);
        Map<String, Integer> outcomes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String statement = new RandomStatements(random).next();
            if (random.nextInt(5) == 0) {
                statement = mutilated(statement, random);
            }
            outcomes.merge(outcome(statement, seed), 1, Integer::sum);
        }
        System.out.println("fuzz outcomes: " + outcomes);
    }

    private static String outcome(String statement, long seed) {
        try {
            RUNNER.plan(statement);
            return "planned";
        } catch (ThalwegException e) {
            boolean accident = e.code() == ErrorCode.INTERNAL_ERROR
                    || e.message().isBlank()
                    || e.message().equals("null")
                    || e.message().contains("Exception")
                    || e.message().contains("org.apache");
            return accident
                    ? fail("seed " + seed + ": " + e.code() + " " + e.message() + " of\n" + statement, e)
                    : "" + e.code();
        } catch (RuntimeException e) {
            return fail("seed " + seed + " of\n" + statement, e);
        }
    }

    private static String mutilated(String statement, Random random) {
        List<String> words = new ArrayList<>(List.of(statement.split(" ")));
        int victim = random.nextInt(words.size());
        switch (random.nextInt(3)) {
            case 0 -> words.remove(victim);
            case 1 -> words.add(victim, words.get(random.nextInt(words.size())));
            default -> words.set(victim, words.get(random.nextInt(words.size())));
        }
        return String.join(" ", words);
    }
}
