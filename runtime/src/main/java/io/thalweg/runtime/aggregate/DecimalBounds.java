package io.thalweg.runtime.aggregate;

import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import java.math.BigInteger;

/** The powers of ten that values of a DECIMAL stay below. */
final class DecimalBounds {
    private static final Int128[] BOUNDS = new Int128[SqlType.MAX_DECIMAL_PRECISION + 1];

    static {
        for (int precision = 0; precision < BOUNDS.length; precision++) {
            BOUNDS[precision] = Int128.of(BigInteger.TEN.pow(precision));
        }
    }

    private DecimalBounds() {}

    /** Ten to the power of a precision. */
    static Int128 bound(int precision) {
        return BOUNDS[precision];
    }
}
