package io.thalweg.runtime.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Byte strings in pages, appended and never changed, found by an address. What is freed stays until the owner copies
 * the rest into a fresh arena, which {@link #isMostlyGarbage()} tells it to do.
 *
 * <p>A string lies in {@code page(address)} at {@code start(address)}, its length in the four bytes before.
 */
public final class ByteArena {
    /** No string has this address. */
    public static final long NO_ADDRESS = 0;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MIN_PAGE_BYTES = 1 << 10;
    private static final int MAX_PAGE_BYTES = 1 << 16;

    private final MemoryAccount account;
    private byte[][] pages = new byte[4][];
    private int pageCount;
    private int position;
    private long totalBytes;
    private long garbageBytes;

    public ByteArena(MemoryAccount account) {
        this.account = account;
    }

    /** Copies a string in. The address is never {@link #NO_ADDRESS}. */
    public long append(byte[] source, int from, int length) {
        int needed = Integer.BYTES + length;
        if (pageCount == 0 || pages[pageCount - 1].length - position < needed) {
            addPage(needed);
        }
        byte[] page = pages[pageCount - 1];
        INT.set(page, position, length);
        int start = position + Integer.BYTES;
        System.arraycopy(source, from, page, start, length);
        position = start + length;
        return (long) (pageCount - 1) << Integer.SIZE | start;
    }

    private void addPage(int needed) {
        int grown = pageCount < 6 ? MIN_PAGE_BYTES << pageCount : MAX_PAGE_BYTES;
        int size = Math.max(needed, grown);
        account.reserve(size);
        totalBytes += size;
        if (pageCount > 0) {
            garbageBytes += pages[pageCount - 1].length - position;
        }
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, pageCount * 2);
        }
        pages[pageCount++] = new byte[size];
        position = 0;
    }

    public byte[] page(long address) {
        return pages[(int) (address >>> Integer.SIZE)];
    }

    public int start(long address) {
        return (int) address;
    }

    public int length(long address) {
        return (int) INT.get(page(address), (int) address - Integer.BYTES);
    }

    /** Whether the string at an address equals the given one. */
    public boolean equals(long address, byte[] other, int from, int length) {
        byte[] page = page(address);
        int start = (int) address;
        return (int) INT.get(page, start - Integer.BYTES) == length
                && Arrays.equals(page, start, start + length, other, from, from + length);
    }

    /** The order of the string at an address and the given one, by unsigned bytes. */
    public int compare(long address, byte[] other, int from, int length) {
        int start = (int) address;
        return Arrays.compareUnsigned(page(address), start, start + length(address), other, from, from + length);
    }

    /** Tells that nobody will ask for this string any more. */
    public void free(long address) {
        garbageBytes += Integer.BYTES + length(address);
    }

    /** Whether copying what is alive would give back more than half of the memory. */
    public boolean isMostlyGarbage() {
        return garbageBytes > MAX_PAGE_BYTES && garbageBytes > totalBytes - garbageBytes;
    }

    /** An empty arena on the same account, to copy what is alive into before this one is {@link #discard()}ed. */
    public ByteArena successor() {
        return new ByteArena(account);
    }

    /** Gives all memory back. The arena must not be used afterwards. */
    public void discard() {
        account.release(totalBytes);
        pages = new byte[1][];
        pageCount = 0;
        totalBytes = 0;
        garbageBytes = 0;
    }
}
