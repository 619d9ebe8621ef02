package io.thalweg.runtime.view;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells deltas as rows of their own: the columns of the relation behind a column {@code op}, which is {@code +I} for an
 * insert, {@code -D} for a delete, and {@code -U} and {@code +U}, one after the other, for the old and the new row of a
 * key. A row of weight 3 becomes three rows. Who applies the rows in order holds the relation. One owner thread.
 *
 * <p>Updates are recognised if a key is known. Then old and new rows of a key are paired wherever they are in what is
 * encoded together, and a row is deleted before another takes its key.
 */
public final class ChangelogEncoder {
    /** The name of the column that tells what happened to the row. */
    public static final String OP_COLUMN = "op";

    private static final int INSERT = 0;
    private static final int UPDATE_BEFORE = 1;
    private static final int UPDATE_AFTER = 2;
    private static final int DELETE = 3;
    private static final byte[] OP_DATA = "+I-U+U-D".getBytes(StandardCharsets.US_ASCII);
    private static final int[] OP_STARTS = {0, 2, 4, 6};
    private static final int[] OP_LENGTHS = {2, 2, 2, 2};
    private static final long NO_ROW = -1;

    private final RowType type;
    private final Optional<List<Integer>> key;

    /**
     * @param key columns that no two rows share; an empty list if there is never more than one row; absent if no key is
     *     known
     */
    public ChangelogEncoder(RowType type, Optional<List<Integer>> key) {
        this.type = type;
        this.key = key.map(List::copyOf);
    }

    /** The columns of the changelog of a relation. */
    public static RowType changelogType(RowType type) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(OP_COLUMN, SqlType.VARCHAR.notNull()));
        fields.addAll(type.fields());
        return new RowType(fields);
    }

    /** Encodes a delta that is all of a step. */
    public List<DeltaBatch> encode(DeltaBatch delta) {
        return encode(List.of(delta));
    }

    /** Encodes the delta of a step. Updates are recognised across its batches. */
    public List<DeltaBatch> encode(List<DeltaBatch> delta) {
        boolean anyDelete = delta.stream().anyMatch(ChangelogEncoder::hasDelete);
        if (!anyDelete || key.isEmpty()) {
            Changelog changelog = new Changelog(delta);
            for (int i = 0; i < delta.size(); i++) {
                for (int row = 0; row < delta.get(i).rowCount(); row++) {
                    changelog.addUnpaired(reference(i, row));
                }
            }
            return changelog.finish();
        }
        Optional<List<DeltaBatch>> paired = pair(delta, key.get());
        if (paired.isPresent()) {
            return paired.get();
        }
        DeltaAccumulator sum = new DeltaAccumulator(type);
        delta.forEach(sum::add);
        List<DeltaBatch> consolidated = sum.drain();
        return pair(consolidated, key.get()).orElseGet(() -> deletesFirst(consolidated));
    }

    private static boolean hasDelete(DeltaBatch batch) {
        int @Nullable [] weights = batch.weights();
        if (weights != null) {
            for (int row = 0; row < batch.rowCount(); row++) {
                if (weights[row] < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long reference(int batch, int row) {
        return (long) batch << Integer.SIZE | row;
    }

    /** The changelog with old and new rows of each key paired; nothing if a key has several of either. */
    private Optional<List<DeltaBatch>> pair(List<DeltaBatch> delta, List<Integer> keyColumns) {
        KeyTable keys =
                KeyTable.create(type, keyColumns, KeyTable.NullKeys.EQUAL, MemoryAccount.unlimited("changelog"));
        int rows = delta.stream().mapToInt(DeltaBatch::rowCount).sum();
        long[] deleted = new long[rows + 1];
        long[] inserted = new long[rows + 1];
        Arrays.fill(deleted, NO_ROW);
        Arrays.fill(inserted, NO_ROW);
        for (int i = 0; i < delta.size(); i++) {
            DeltaBatch batch = delta.get(i);
            int[] ids = new int[batch.rowCount()];
            keys.resolve(batch, ids);
            for (int row = 0; row < ids.length; row++) {
                int weight = batch.weight(row);
                long[] target = weight < 0 ? deleted : inserted;
                if (Math.abs(weight) != 1 || target[ids[row]] != NO_ROW) {
                    return Optional.empty();
                }
                target[ids[row]] = reference(i, row);
            }
        }
        Changelog changelog = new Changelog(delta);
        for (int id = 1; id < keys.end(); id++) {
            if (deleted[id] != NO_ROW && inserted[id] != NO_ROW) {
                changelog.add(UPDATE_BEFORE, deleted[id]);
                changelog.add(UPDATE_AFTER, inserted[id]);
            } else {
                changelog.addUnpaired(deleted[id] != NO_ROW ? deleted[id] : inserted[id]);
            }
        }
        return Optional.of(changelog.finish());
    }

    private List<DeltaBatch> deletesFirst(List<DeltaBatch> delta) {
        Changelog changelog = new Changelog(delta);
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int i = 0; i < delta.size(); i++) {
                for (int row = 0; row < delta.get(i).rowCount(); row++) {
                    if (Integer.signum(delta.get(i).weight(row)) == sign) {
                        changelog.addUnpaired(reference(i, row));
                    }
                }
            }
        }
        return changelog.finish();
    }

    /** The changelog as it grows: what happened, and to which row of which batch. */
    private final class Changelog {
        private final List<DeltaBatch> source;
        private final List<DeltaBatch> finished = new ArrayList<>();
        private final int[] ops = new int[DeltaBatch.TARGET_ROWS + 1];
        private final long[] rows = new long[DeltaBatch.TARGET_ROWS + 1];
        private int count;

        private Changelog(List<DeltaBatch> source) {
            this.source = source;
        }

        private DeltaBatch batch(long reference) {
            return source.get((int) (reference >>> Integer.SIZE));
        }

        private void addUnpaired(long reference) {
            int weight = batch(reference).weight((int) reference);
            for (int i = Math.abs(weight); i > 0; i--) {
                add(weight < 0 ? DELETE : INSERT, reference);
            }
        }

        private void add(int op, long reference) {
            ops[count] = op;
            rows[count++] = reference;
            // Room for one more, so that an update is not torn apart.
            if (count >= DeltaBatch.TARGET_ROWS && op != UPDATE_BEFORE) {
                flush();
            }
        }

        private List<DeltaBatch> finish() {
            if (count > 0) {
                flush();
            }
            return finished;
        }

        private void flush() {
            DeltaBatch payload = payload();
            Column[] columns = new Column[type.size() + 1];
            columns[0] = new BytesColumn(count, OP_DATA, OP_STARTS, OP_LENGTHS, Arrays.copyOf(ops, count), null);
            for (int i = 0; i < type.size(); i++) {
                columns[i + 1] = payload.column(i);
            }
            finished.add(new DeltaBatch(count, columns, null));
            count = 0;
        }

        private DeltaBatch payload() {
            if (source.size() == 1) {
                int[] chosen = new int[count];
                for (int i = 0; i < count; i++) {
                    chosen[i] = (int) rows[i];
                }
                return source.get(0).select(chosen, count);
            }
            DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
            for (int i = 0; i < count; i++) {
                builder.appendRow(batch(rows[i]), (int) rows[i], 1);
            }
            return builder.build();
        }
    }
}
