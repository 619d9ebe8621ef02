package io.thalweg.runtime.expression.function;

/** What happens to the digits that do not fit. */
public enum Rounding {
    /** To the nearest value; from the middle away from zero. */
    HALF_AWAY {
        @Override
        int step(boolean negative, boolean atLeastHalf, boolean exact) {
            return atLeastHalf ? 1 : 0;
        }
    },
    TOWARDS_ZERO {
        @Override
        int step(boolean negative, boolean atLeastHalf, boolean exact) {
            return 0;
        }
    },
    DOWN {
        @Override
        int step(boolean negative, boolean atLeastHalf, boolean exact) {
            return negative && !exact ? 1 : 0;
        }
    },
    UP {
        @Override
        int step(boolean negative, boolean atLeastHalf, boolean exact) {
            return negative || exact ? 0 : 1;
        }
    };

    /** What to add to the absolute value after the digits have been cut off. */
    abstract int step(boolean negative, boolean atLeastHalf, boolean exact);
}
