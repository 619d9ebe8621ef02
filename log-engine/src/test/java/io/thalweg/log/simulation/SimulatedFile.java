package io.thalweg.log.simulation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * The content of a file as its users see it, and as the disk has it. A force copies the sectors that were written since
 * the last one; a failed force forgets which they were, as Linux does, so that a later force does not write them.
 */
final class SimulatedFile {
    static final int SECTOR_BYTES = 512;

    private byte[] seen = new byte[0];
    private int seenSize;
    private byte[] durable = new byte[0];
    private int durableSize;
    private final BitSet dirty = new BitSet();
    private boolean sizeDirty;

    int size() {
        return seenSize;
    }

    int read(byte[] target, int targetStart, int length, long position) {
        if (position >= seenSize) {
            return -1;
        }
        int count = (int) Math.min(length, seenSize - position);
        System.arraycopy(seen, (int) position, target, targetStart, count);
        return count;
    }

    void write(byte[] source, int length, long position) {
        int end = Math.toIntExact(position + length);
        seen = grown(seen, end);
        System.arraycopy(source, 0, seen, (int) position, length);
        dirty.set((int) position / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
        if (end > seenSize) {
            dirty.set(seenSize / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
            seenSize = end;
            sizeDirty = true;
        }
    }

    void truncate(int size) {
        if (size >= seenSize) {
            return;
        }
        Arrays.fill(seen, size, seenSize, (byte) 0);
        seenSize = size;
        sizeDirty = true;
    }

    void force() {
        durable = grown(durable, seenSize);
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            copySector(seen, durable, sector, seenSize);
        }
        if (sizeDirty) {
            if (seenSize < durableSize) {
                Arrays.fill(durable, seenSize, durableSize, (byte) 0);
            }
            durableSize = seenSize;
        }
        settle();
    }

    /** The device reported an error: what was dirty counts as clean now, though the disk does not have it. */
    void failForce() {
        dirty.clear();
    }

    /** What a restart finds: any mixture of old, new and, above what was ever durable, garbled sectors. */
    SimulatedFile afterPowerLoss(Random random) {
        int size = durableSize;
        if (sizeDirty && random.nextBoolean()) {
            int low = Math.min(durableSize, seenSize);
            size = random.nextBoolean() ? seenSize : low + random.nextInt(Math.abs(seenSize - durableSize) + 1);
        }
        SimulatedFile survivor = new SimulatedFile();
        byte[] bytes = Arrays.copyOf(durable, Math.max(size, durableSize));
        for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
            int fate = random.nextInt(8);
            if (fate < 4) {
                copySector(seen, bytes, sector, size);
            } else if (fate == 4) {
                garble(bytes, sector, size, random);
            }
        }
        survivor.seen = Arrays.copyOf(bytes, size);
        survivor.seenSize = size;
        survivor.durable = survivor.seen.clone();
        survivor.durableSize = size;
        return survivor;
    }

    /** The same file, with all it holds on disk. */
    static SimulatedFile of(byte[] content) {
        SimulatedFile file = new SimulatedFile();
        file.write(content, content.length, 0);
        file.force();
        return file;
    }

    byte[] content() {
        return Arrays.copyOf(seen, seenSize);
    }

    private void settle() {
        dirty.clear();
        sizeDirty = false;
    }

    private void garble(byte[] bytes, int sector, int size, Random random) {
        int start = Math.max(sector * SECTOR_BYTES, durableSize);
        int end = Math.min((sector + 1) * SECTOR_BYTES, size);
        for (int i = start; i < end; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
    }

    private static void copySector(byte[] from, byte[] to, int sector, int limit) {
        int start = sector * SECTOR_BYTES;
        int end = Math.min(Math.min(start + SECTOR_BYTES, limit), Math.min(from.length, to.length));
        if (start < end) {
            System.arraycopy(from, start, to, start, end - start);
        }
    }

    private static byte[] grown(byte[] bytes, int needed) {
        return needed <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
}
