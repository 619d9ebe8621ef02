package io.thalweg.server.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.server.format.CsvDialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Files are cut into the same records however they arrive. */
class RecordReaderTest {
    private static final Supplier<RecordScanner> CSV = () -> new CsvScanner(CsvDialect.DEFAULT);

    /** Hands out a few bytes at a time. */
    private static final class Trickle extends InputStream {
        private final ByteArrayInputStream bytes;
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(5)));
        }
    }

    private static List<String> records(InputStream input, RecordScanner scanner) throws IOException {
        RecordReader reader = new RecordReader(input);
        reader.skipByteOrderMark();
        reader.use(scanner);
        List<String> records = new ArrayList<>();
        while (reader.next()) {
            String text =
                    new String(reader.data(), reader.start(), Math.min(reader.length(), 40), StandardCharsets.UTF_8);
            records.add(reader.line() + ":" + text
                    + reader.defect().map(defect -> " !" + defect).orElse(""));
        }
        return records;
    }

    private static void assertRecords(String file, Supplier<RecordScanner> scanner, String... expected)
            throws IOException {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(expected), records(new ByteArrayInputStream(bytes), scanner.get()));
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(
                    List.of(expected), records(new Trickle(bytes, new Random(seed)), scanner.get()), "seed " + seed);
        }
    }

    @Test
    void cutsLines() throws IOException {
        assertRecords("\uFEFFa\r\n\n  b\nc", () -> new LineScanner(false), "1:a", "3:b", "4:c");
        assertRecords("", () -> new LineScanner(false));
        assertRecords("\n\r\n", () -> new LineScanner(false));
    }

    @Test
    void cutsCsvAtLineBreaksOutsideOfQuotes() throws IOException {
        assertRecords("a,\"b\nc\"\r\nd\n", CSV, "1:a,\"b\nc\"", "3:d");
        assertRecords("a\"b\nc,\"\"\"\n\"\nd", CSV, "1:a\"b", "2:c,\"\"\"\n\"", "4:d");
        assertRecords("a,\"b\nc\nd", CSV, "1:a,\"b !a quote is not closed", "2:c", "3:d");
    }

    @Test
    void cutsTheElementsOfAnArray() throws IOException {
        assertRecords(
                "{\"a\":\"]}\\\"\"}\n, {\"b\":\n[1]},\n3 , \"x,\" ]\n",
                JsonArrayScanner::new,
                "1:{\"a\":\"]}\\\"\"}",
                "2:{\"b\":\n[1]}",
                "4:3",
                "4:\"x,\"");
        assertRecords("{}", JsonArrayScanner::new, "1:{}", "1: !the JSON array does not end");
        assertRecords("]", JsonArrayScanner::new);
    }

    @Test
    void passesOverALineThatIsTooLong() throws IOException {
        byte[] file = new byte[RecordReader.MAX_RECORD_BYTES + (4 << 20)];
        Arrays.fill(file, (byte) 'x');
        file[1] = '\n';
        file[file.length - 2] = '\n';
        List<String> records = records(new ByteArrayInputStream(file), new LineScanner(false));
        assertEquals(3, records.size());
        assertEquals("1:x", records.get(0));
        assertTrue(records.get(1).contains("a record has more than"), records.get(1));
        assertEquals("3:x", records.get(2));
    }
}
