package io.thalweg.server.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that tells how many bytes have been read of it. One owner thread. */
final class CountedInput extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    CountedInput(InputStream input, LongConsumer progress) {
        super(input);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            progress.accept(++count);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            count += read;
            progress.accept(count);
        }
        return read;
    }
}
