package io.thalweg.server.format;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.Slice;

/** Rows of one column, of text or bytes, each as it came. One owner thread. */
public final class RawRowDecoder implements RowDecoder {
    private final RowSchema schema;
    private final SqlType type;
    private final CellParser text;
    private final Slice slice = new Slice();

    /** Throws DATATYPE_MISMATCH if there is not exactly one column, of text or bytes. */
    public RawRowDecoder(RowSchema schema) {
        boolean fits = schema.type().size() == 1
                && (schema.type().type(0).name().isText()
                        || schema.type().type(0).name() == TypeName.VARBINARY);
        if (!fits) {
            throw new ThalwegException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "raw is for one column of text or bytes, and " + schema.title() + " would get "
                                    + schema.type().size())
                    .withHint("Name the column behind the relation: COPY name (column) FROM …");
        }
        this.schema = schema;
        this.type = schema.type().type(0);
        this.text = new CellParser(type);
    }

    @Override
    public void decode(byte[] data, int start, int length, DeltaBatchBuilder rows) {
        if (type.name() == TypeName.VARBINARY) {
            if (type.precision() != SqlType.UNLIMITED && length > type.precision()) {
                throw new UndecodableRow(
                        ErrorCode.STRING_TOO_LONG,
                        schema.named(0) + ": the value has " + length + " bytes, too many for " + type.sqlText(),
                        0);
            }
            rows.column(0).appendBytes(data, start, length);
        } else {
            slice.set(data, start, length);
            try {
                text.append(slice, rows.column(0));
            } catch (ThalwegException failure) {
                throw schema.refused(0, failure, 0);
            }
        }
        rows.endRow();
    }
}
