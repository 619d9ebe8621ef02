package io.thalweg.server.inspect;

import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.inspect.LogDump;
import io.thalweg.log.recovery.StoreLayout;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.query.StoredBlocks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;

/** {@code thalweg log dump}: prints one file of a partition, while a server writes to it or not. */
public final class FileDump {
    private static final int DECIMAL_DIGITS = 38;

    private final LogFileSystem files;
    private final PrintWriter out;

    public FileDump(LogFileSystem files, PrintWriter out) {
        this.files = files;
        this.out = out;
    }

    /**
     * Prints the frames of a file.
     *
     * @param rows whether to print the rows in them too
     * @return whether the file ends with a whole frame
     * @throws ThalwegException if the file is no segment
     */
    public boolean run(Path file, boolean rows) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            if (!files.exists(absolute)) {
                throw new ThalwegException(ErrorCode.IO_ERROR, "file " + file + " does not exist");
            }
            StoredCatalog catalog = rows ? catalogOf(absolute) : StoredCatalog.empty();
            LogDump.PayloadPrinter payloads = rows
                    ? (header, frame, output) -> printRows(catalog, header, frame, output)
                    : LogDump.PayloadPrinter.NONE;
            return new LogDump(files).print(absolute, out, payloads).whole();
        } catch (IOException failure) {
            throw new ThalwegException(
                    ErrorCode.IO_ERROR, "file " + file + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** That of the data directory around the file; of a file by itself the types are guessed. */
    private StoredCatalog catalogOf(Path file) throws IOException {
        Path partition = file.getParent();
        Path stream = partition == null ? null : partition.getParent();
        Path log = stream == null ? null : stream.getParent();
        Path root = log == null ? null : log.getParent();
        try {
            return root == null ? StoredCatalog.empty() : StoredCatalog.read(files, new StoreLayout(root));
        } catch (ThalwegException damaged) {
            return StoredCatalog.empty();
        }
    }

    private static void printRows(StoredCatalog catalog, SegmentHeader header, Frame frame, Appendable output)
            throws IOException {
        if (frame.payloadKind() == PayloadKind.RECORD.code()) {
            line(output, frame.baseOffset(), new String(StoredCatalog.bytes(frame.payload()), StandardCharsets.UTF_8));
        } else if (frame.payloadKind() == PayloadKind.COLUMNAR_BLOCK.code()) {
            DeltaBatch block = StoredBlocks.decode(frame.payload(), null);
            int[] numbers = StoredBlocks.rowNumbers(frame.payload());
            Optional<RowType> type =
                    catalog.storedType(header.owner().streamId()).filter(known -> known.size() == block.columnCount());
            for (int row = 0; row < block.rowCount(); row++) {
                StringJoiner cells = new StringJoiner(" | ", block.weight(row) < 0 ? "deleted " : "", "");
                for (int i = 0; i < block.columnCount(); i++) {
                    Column column = block.column(i);
                    cells.add(DeltaText.cell(type.isPresent() ? type.get().type(i) : plainType(column), column, row));
                }
                line(output, frame.baseOffset() + (numbers == null ? row : numbers[row]), cells.toString());
            }
        } else if (frame.hasRows()) {
            output.append("  (not shown)\n");
        }
    }

    private static void line(Appendable output, long offset, String text) throws IOException {
        output.append("  ")
                .append(Long.toString(offset))
                .append(": ")
                .append(text)
                .append('\n');
    }

    private static SqlType plainType(Column column) {
        return switch (column.kind()) {
            case INT -> SqlType.INTEGER;
            case LONG -> SqlType.BIGINT;
            case DOUBLE -> SqlType.DOUBLE;
            case DECIMAL128 -> SqlType.decimal(DECIMAL_DIGITS, 0);
            case BYTES -> SqlType.VARCHAR;
        };
    }
}
