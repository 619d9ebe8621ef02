package io.thalweg.model.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int128Test {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    @Test
    void agreesWithBigIntegers() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            Int128 a = next(random);
            Int128 b = next(random);
            assertEquals(a, Int128.of(a.toBigInteger()));
            assertEquals(wrapped(a.toBigInteger().add(b.toBigInteger())), a.plus(b), "seed " + seed);
            assertEquals(wrapped(a.toBigInteger().negate()), a.negate(), "seed " + seed);
            assertEquals(Integer.signum(a.toBigInteger().compareTo(b.toBigInteger())), Integer.signum(a.compareTo(b)));
            assertEquals(a.toBigInteger().bitLength() < 64, a.fitsLong());
        }
    }

    private static Int128 next(Random random) {
        long low = random.nextInt(4) == 0 ? random.nextInt(3) - 1 : random.nextLong();
        return switch (random.nextInt(3)) {
            case 0 -> Int128.of(low);
            case 1 -> new Int128(random.nextInt(3) - 1, low);
            default -> new Int128(random.nextLong(), low);
        };
    }

    private static Int128 wrapped(BigInteger value) {
        BigInteger positive = value.mod(MODULUS);
        return Int128.of(positive.testBit(127) ? positive.subtract(MODULUS) : positive);
    }
}
