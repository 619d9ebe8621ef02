package io.thalweg.log.segment;

import java.nio.file.Path;
import java.util.OptionalLong;

/** File names of a segment: its base offset in 20 digits, so that names sort like offsets. */
public final class SegmentName {
    private static final String SEGMENT_SUFFIX = ".log";
    private static final String INDEX_SUFFIX = ".index";
    private static final int DIGITS = 20;

    private SegmentName() {}

    /** The segment file with this base offset. */
    public static Path segment(Path directory, long baseOffset) {
        return directory.resolve(digits(baseOffset) + SEGMENT_SUFFIX);
    }

    /** The index file of the segment with this base offset. */
    public static Path index(Path directory, long baseOffset) {
        return directory.resolve(digits(baseOffset) + INDEX_SUFFIX);
    }

    /** The base offset, when this is the name of a segment file. */
    public static OptionalLong baseOffset(String fileName) {
        boolean matches = fileName.length() == DIGITS + SEGMENT_SUFFIX.length()
                && fileName.endsWith(SEGMENT_SUFFIX)
                && fileName.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9')
                && fileName.startsWith("0");
        return matches ? OptionalLong.of(Long.parseLong(fileName, 0, DIGITS, 10)) : OptionalLong.empty();
    }

    /** The base offset, when this is the name of the index file of a segment. */
    public static OptionalLong baseOffsetOfIndex(String fileName) {
        return fileName.endsWith(INDEX_SUFFIX)
                ? baseOffset(fileName.substring(0, fileName.length() - INDEX_SUFFIX.length()) + SEGMENT_SUFFIX)
                : OptionalLong.empty();
    }

    private static String digits(long baseOffset) {
        String number = Long.toString(baseOffset);
        return "0".repeat(DIGITS - number.length()) + number;
    }
}
