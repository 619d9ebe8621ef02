package io.thalweg.runtime.state;

/** Sorts the numbers 0 to n - 1 by a comparison, without boxing: a bottom-up merge sort, stable. */
public final class IndexSort {
    /** The order of two of the things that are numbered. */
    @FunctionalInterface
    public interface IndexComparison {
        int compare(int left, int right);
    }

    private static final int RUN = 8;

    private IndexSort() {}

    /** The numbers in order. */
    public static int[] sort(int count, IndexComparison comparison) {
        int[] source = new int[count];
        for (int i = 0; i < count; i++) {
            source[i] = i;
        }
        for (int from = 0; from < count; from += RUN) {
            insertionSort(source, from, Math.min(count, from + RUN), comparison);
        }
        int[] target = new int[count];
        for (long width = RUN; width < count; width *= 2) {
            for (long from = 0; from < count; from += 2 * width) {
                int middle = (int) Math.min(count, from + width);
                int end = (int) Math.min(count, from + 2 * width);
                merge(source, target, (int) from, middle, end, comparison);
            }
            int[] swapped = source;
            source = target;
            target = swapped;
        }
        return source;
    }

    private static void insertionSort(int[] numbers, int from, int end, IndexComparison comparison) {
        for (int i = from + 1; i < end; i++) {
            int moved = numbers[i];
            int place = i;
            while (place > from && comparison.compare(numbers[place - 1], moved) > 0) {
                numbers[place] = numbers[place - 1];
                place--;
            }
            numbers[place] = moved;
        }
    }

    private static void merge(int[] source, int[] target, int from, int middle, int end, IndexComparison comparison) {
        int left = from;
        int right = middle;
        for (int i = from; i < end; i++) {
            boolean takeLeft = right >= end || (left < middle && comparison.compare(source[left], source[right]) <= 0);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }
}
