package io.thalweg.server.format.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** What the library wants to give values to, while ours are asked for one by one. */
final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int fieldIndex) {
        return new PrimitiveConverter() {};
    }

    @Override
    public void start() {
        // Nothing is converted.
    }

    @Override
    public void end() {
        // Nothing is converted.
    }
}
