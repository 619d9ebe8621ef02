package io.thalweg.planner.query;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import org.apache.calcite.util.CancelFlag;

/**
 * What the conversion of a query needs beside its text.
 *
 * @param currentSchema where names without a schema are looked for
 * @param cancelFlag raised by another thread when the time for planning is over
 */
public record ConversionContext(CatalogSnapshot catalog, String currentSchema, CancelFlag cancelFlag) {
    /** Throws if the time for planning is over. Called between stages; Calcite looks at the flag within them. */
    public void checkTime() {
        if (cancelFlag.isCancelRequested()) {
            throw new ThalwegException(ErrorCode.QUERY_TIMEOUT, "planning the statement took too long");
        }
    }
}
