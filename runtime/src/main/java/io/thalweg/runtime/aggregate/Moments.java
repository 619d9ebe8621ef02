package io.thalweg.runtime.aggregate;

import io.thalweg.model.plan.AggregateFunction;

/** The exact sums over the pairs of a group, and the results that follow from them, each rounded once. */
record Moments(long count, Dyadic x, Dyadic y, Dyadic xx, Dyadic yy, Dyadic xy) {
    /** So many times the square of the count is the variance of x. */
    private Dyadic centralXx() {
        return xx.times(count).minus(x.times(x));
    }

    private Dyadic centralYy() {
        return yy.times(count).minus(y.times(y));
    }

    private Dyadic centralXy() {
        return xy.times(count).minus(x.times(y));
    }

    /** Whether the values do not differ where a result needs them to. */
    boolean isUndefined(AggregateFunction function) {
        return switch (function) {
            case REGRESSION_SLOPE, REGRESSION_INTERCEPT, REGRESSION_R2 ->
                centralXx().isZero();
            case CORRELATION -> centralXx().isZero() || centralYy().isZero();
            default -> false;
        };
    }

    /** A result that is defined; infinite if it is beyond all doubles. */
    double result(AggregateFunction function) {
        Dyadic rows = Dyadic.of(count);
        Dyadic ofPopulation = rows.times(count);
        Dyadic ofSample = rows.times(count - 1);
        return switch (function) {
            case VARIANCE_OF_POPULATION -> centralXx().dividedBy(ofPopulation);
            case VARIANCE_OF_SAMPLE -> centralXx().dividedBy(ofSample);
            case DEVIATION_OF_POPULATION -> Math.sqrt(centralXx().dividedBy(ofPopulation));
            case DEVIATION_OF_SAMPLE -> Math.sqrt(centralXx().dividedBy(ofSample));
            case COVARIANCE_OF_POPULATION -> centralXy().dividedBy(ofPopulation);
            case COVARIANCE_OF_SAMPLE -> centralXy().dividedBy(ofSample);
            case CORRELATION ->
                Math.copySign(Math.sqrt(squaredCorrelation()), centralXy().signum());
            case REGRESSION_AVERAGE_X -> x.dividedBy(rows);
            case REGRESSION_AVERAGE_Y -> y.dividedBy(rows);
            case REGRESSION_SUM_XX -> centralXx().dividedBy(rows);
            case REGRESSION_SUM_YY -> centralYy().dividedBy(rows);
            case REGRESSION_SUM_XY -> centralXy().dividedBy(rows);
            case REGRESSION_SLOPE -> centralXy().dividedBy(centralXx());
            case REGRESSION_INTERCEPT -> y.times(xx).minus(x.times(xy)).dividedBy(centralXx());
            case REGRESSION_R2 -> centralYy().isZero() ? 1 : squaredCorrelation();
            default -> throw new IllegalArgumentException(function + " does not follow from moments");
        };
    }

    private double squaredCorrelation() {
        return centralXy().times(centralXy()).dividedBy(centralXx().times(centralYy()));
    }
}
