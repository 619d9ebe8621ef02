package io.thalweg.server.format;

import io.thalweg.model.delta.DeltaBatchBuilder;

/**
 * Reads rows that come as bytes, such as the lines of a file or the values of messages, straight into the columns of a
 * schema that it was made for. Whoever has the bytes finds out where each record begins and ends. One owner thread.
 */
public interface RowDecoder {
    /**
     * Decodes one record and completes one row of the builder, which has the columns of the schema.
     *
     * @throws UndecodableRow if the bytes are no such row; the builder is as it was before
     */
    void decode(byte[] data, int start, int length, DeltaBatchBuilder rows);
}
