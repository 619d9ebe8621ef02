package io.thalweg.tests.differential;

import io.thalweg.planner.Planner;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** Leaves out rewrite stages at random: the answers must be the same without any of those that are not needed. */
public final class StageChoice {
    private StageChoice() {}

    /** None in half of the cases, otherwise any subset. */
    public static Set<String> disabled(Random random) {
        Set<String> disabled = new LinkedHashSet<>();
        boolean some = random.nextBoolean();
        for (String stage : Planner.optionalStages()) {
            if (random.nextBoolean() && some) {
                disabled.add(stage);
            }
        }
        return disabled;
    }
}
