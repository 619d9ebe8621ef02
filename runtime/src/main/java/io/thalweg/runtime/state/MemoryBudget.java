package io.thalweg.runtime.state;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;

/**
 * The bytes that all states of one pipeline may take together. A state that would go beyond fails with
 * {@link ErrorCode#OUT_OF_MEMORY} before it allocates, so that one query's growth never ends the process. One owner
 * thread.
 */
public final class MemoryBudget {
    private final long maxBytes;
    private long usedBytes;

    public MemoryBudget(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("a budget of " + maxBytes + " bytes");
        }
        this.maxBytes = maxBytes;
    }

    /** A part of the budget under the name of its user, which appears in messages. */
    public MemoryAccount account(String owner) {
        return new MemoryAccount(this, owner);
    }

    /** What all accounts have reserved. */
    public long usedBytes() {
        return usedBytes;
    }

    void reserve(String owner, long bytes) {
        if (bytes > maxBytes - usedBytes) {
            throw new ThalwegException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the state of " + owner + " does not fit into the memory of the query, which is limited to "
                                    + maxBytes + " bytes")
                    .withHint("Read or group less, bound the state by a window, or raise the limit.");
        }
        usedBytes += bytes;
    }

    void release(long bytes) {
        usedBytes -= bytes;
    }
}
