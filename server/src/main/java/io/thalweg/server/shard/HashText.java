package io.thalweg.server.shard;

import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.recovery.HashRange;
import java.util.HexFormat;
import java.util.Optional;

/** Hashes of keys as people read and write them: 16 hexadecimal digits. */
public final class HashText {
    private HashText() {}

    /** The upper half of a point, which is all that the hash of a key fills. */
    public static String of(HashPoint point) {
        return HexFormat.of().toHexDigits(point.high());
    }

    static String of(HashRange range) {
        return of(range.first()) + " to " + of(range.last());
    }

    /** The least point with this upper half; nothing if the text is no hash. */
    public static Optional<HashPoint> parse(String text) {
        if (text.length() != Long.BYTES * 2 || !text.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new HashPoint(HexFormat.fromHexDigitsToLong(text), 0));
    }
}
