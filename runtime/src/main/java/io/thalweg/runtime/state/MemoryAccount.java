package io.thalweg.runtime.state;

/** One operator's share of a {@link MemoryBudget}. Structures reserve before they allocate and release when they drop. */
public final class MemoryAccount {
    private final MemoryBudget budget;
    private final String owner;
    private long bytes;

    MemoryAccount(MemoryBudget budget, String owner) {
        this.budget = budget;
        this.owner = owner;
    }

    /** An account that is never refused, for state whose limit somebody else keeps. */
    public static MemoryAccount unlimited(String owner) {
        return new MemoryBudget(Long.MAX_VALUE).account(owner);
    }

    /** Asks for more bytes. */
    public void reserve(long more) {
        budget.reserve(owner, more);
        bytes += more;
    }

    /** Gives bytes back. */
    public void release(long fewer) {
        budget.release(fewer);
        bytes -= fewer;
    }

    /** What is reserved now. */
    public long bytes() {
        return bytes;
    }
}
