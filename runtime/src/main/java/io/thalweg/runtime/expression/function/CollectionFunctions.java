package io.thalweg.runtime.expression.function;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.nested.NestedFormat;
import io.thalweg.model.nested.NestedReader;
import io.thalweg.model.nested.NestedWriter;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;

/**
 * The functions of arrays and maps of one type. They work on the bytes of the elements, which are equal and ordered as the
 * elements are. An element that is an argument is written as a marked component. One owner thread.
 */
public final class CollectionFunctions {
    private final SqlType type;
    private final NestedWriter writer = new NestedWriter();
    private final NestedReader reader = new NestedReader();
    /** Where the elements, or the keys and values in turns, begin; behind the last, where they end. */
    private int[] starts = new int[16];

    private int[] order = {};
    private int[] spare = {};
    /** How many elements are in their order. */
    private int sorted;

    /** @param type that of the first argument */
    public CollectionFunctions(SqlType type) {
        this.type = type;
    }

    /** Notes where the components of a value begin, and returns their number. */
    private int scan(Slice value) {
        int kinds = type.components().size();
        int count = 0;
        int at = value.start;
        while (count % kinds != 0 || value.data[at] != NestedFormat.END) {
            if (count + 1 == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[count] = at;
            at = NestedFormat.behindMarked(type.component(count++ % kinds), value.data, at);
        }
        starts[count] = at;
        return count;
    }

    private void append(Slice value, int component) {
        writer.appendRaw(value.data, starts[component], starts[component + 1] - starts[component]);
    }

    private boolean equal(Slice value, int component, NestedWriter wanted) {
        return Arrays.equals(value.data, starts[component], starts[component + 1], wanted.data(), 0, wanted.length());
    }

    private int compare(Slice value, int left, int right) {
        return Arrays.compareUnsigned(
                value.data, starts[left], starts[left + 1], value.data, starts[right], starts[right + 1]);
    }

    private void finish(Slice result) {
        writer.endArray();
        result.setPassing(writer.data(), writer.length());
    }

    /** The number of elements or entries. */
    public int cardinality(Slice value) {
        return scan(value) / type.components().size();
    }

    /** The place of the first such element, counted from 1, or such key; 0 if there is none. */
    public int position(Slice value, NestedWriter wanted) {
        int kinds = type.components().size();
        int count = scan(value);
        for (int i = 0; i < count; i += kinds) {
            if (equal(value, i, wanted)) {
                return i / kinds + 1;
            }
        }
        return 0;
    }

    public void remove(Slice array, NestedWriter unwanted, Slice result) {
        int count = scan(array);
        writer.begin();
        for (int i = 0; i < count; i++) {
            if (!equal(array, i, unwanted)) {
                append(array, i);
            }
        }
        finish(result);
    }

    public void reverse(Slice array, Slice result) {
        writer.begin();
        for (int i = scan(array) - 1; i >= 0; i--) {
            append(array, i);
        }
        finish(result);
    }

    public void slice(Slice array, long first, long last, Slice result) {
        int count = scan(array);
        long from = Math.max(first < 0 ? count + first + 1 : first, 1);
        long to = Math.min(last < 0 ? count + last + 1 : last, count);
        writer.begin();
        for (long i = from; i <= to; i++) {
            append(array, (int) i - 1);
        }
        finish(result);
    }

    public void sort(Slice array, Slice result) {
        int count = scan(array);
        sortElements(array, count);
        writer.begin();
        for (int i = 0; i < count; i++) {
            append(array, order[i]);
        }
        finish(result);
    }

    public void distinct(Slice array, Slice result) {
        int count = scan(array);
        sortElements(array, count);
        markFirst(array, count);
        writer.begin();
        for (int i = 0; i < count; i++) {
            if (spare[i] == 0) {
                append(array, i);
            }
        }
        finish(result);
    }

    /** Puts 0 for the first of equal elements and -1 for the others, once the elements are sorted. */
    private void markFirst(Slice array, int count) {
        for (int i = count - 1; i >= 0; i--) {
            // Equal elements stand beside each other, the first before the others.
            spare[order[i]] = i > 0 && compare(array, order[i - 1], order[i]) == 0 ? -1 : 0;
        }
    }

    /** Brings the numbers of the elements into their order; equal ones keep theirs. */
    private void sortElements(Slice array, int count) {
        sorted = count;
        if (order.length < count) {
            order = new int[count];
            spare = new int[count];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int width = 1; width < count; width *= 2) {
            for (int from = 0; from < count; from += 2 * width) {
                merge(array, from, Math.min(from + width, count), Math.min(from + 2 * width, count));
            }
            int[] merged = spare;
            spare = order;
            order = merged;
        }
    }

    private void merge(Slice array, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right == to || left < middle && compare(array, order[left], order[right]) <= 0;
            spare[i] = order[takeLeft ? left++ : right++];
        }
    }

    /** Begins an array that is put together of others. */
    public void begin() {
        writer.begin();
    }

    /** Puts the elements of an array behind those that are there. */
    public void add(Slice array) {
        writer.appendRaw(array.data, array.start, array.length - 1);
    }

    /** Ends the array that was put together. */
    public void end(Slice result) {
        finish(result);
    }

    /** The elements of a text array; NULLs are left out. */
    public void join(Slice array, Slice separator, Slice result) {
        join(array, separator, result, false, separator);
    }

    /** The elements of a text array, with a text for NULLs. */
    public void join(Slice array, Slice separator, Slice forNull, Slice result) {
        join(array, separator, result, true, forNull);
    }

    private void join(Slice array, Slice separator, Slice result, boolean showsNull, Slice forNull) {
        reader.begin(array.data, array.start);
        writer.begin();
        boolean first = true;
        while (reader.next()) {
            if (reader.isNull() && !showsNull) {
                continue;
            }
            if (!first) {
                writer.appendRaw(separator.data, separator.start, separator.length);
            }
            first = false;
            if (reader.isNull()) {
                writer.appendRaw(forNull.data, forNull.start, forNull.length);
            } else {
                reader.readBytes(type.component(0));
                writer.appendRaw(reader.bytes(), reader.bytesStart(), reader.bytesLength());
            }
        }
        result.setPassing(writer.data(), writer.length());
    }

    /** The parts of a text between separators. */
    public void split(Slice text, Slice separator, Slice result) {
        writer.begin();
        int from = text.start;
        int end = text.start + text.length;
        while (separator.length > 0 && text.length > 0) {
            int at = TextSearch.indexOf(text.data, from, end, separator);
            if (at < 0) {
                break;
            }
            writer.appendBytes(text.data, from, at - from);
            from = at + separator.length;
        }
        if (text.length > 0) {
            writer.appendBytes(text.data, from, end - from);
        }
        finish(result);
    }

    /** The elements, each once, that are or are not in another array, of the same type. */
    public void selected(Slice array, CollectionFunctions ofOther, Slice other, boolean common, Slice result) {
        int count = scan(array);
        sortElements(array, count);
        ofOther.sortElements(other, ofOther.scan(other));
        markFirst(array, count);
        writer.begin();
        for (int i = 0; i < count; i++) {
            if (spare[i] == 0 && ofOther.has(other, array, starts[i], starts[i + 1]) == common) {
                append(array, i);
            }
        }
        finish(result);
    }

    /** Whether an element that is not NULL is in another array, too. */
    public boolean overlaps(Slice array, CollectionFunctions ofOther, Slice other) {
        int count = scan(array);
        ofOther.sortElements(other, ofOther.scan(other));
        for (int i = 0; i < count; i++) {
            boolean isThere = array.data[starts[i]] != NestedFormat.NULL;
            if (isThere && ofOther.has(other, array, starts[i], starts[i + 1])) {
                return true;
            }
        }
        return false;
    }

    /** Whether the elements, which are sorted, have one of these bytes. */
    private boolean has(Slice array, Slice wanted, int from, int to) {
        int low = 0;
        int high = sorted - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int element = order[middle];
            int compared =
                    Arrays.compareUnsigned(array.data, starts[element], starts[element + 1], wanted.data, from, to);
            if (compared == 0) {
                return true;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** The elements of the arrays that are the elements, one behind the other. */
    public void flatten(Slice array, Slice result) {
        SqlType element = type.component(0);
        reader.begin(array.data, array.start);
        writer.begin();
        while (reader.next()) {
            if (!reader.isNull()) {
                reader.readBytes(element);
                writer.appendRaw(reader.bytes(), reader.bytesStart(), reader.bytesLength() - 1);
            }
        }
        finish(result);
    }

    /** The elements so many times. */
    public void repeat(Slice array, long times, Slice result) {
        if (times > 0 && (array.length - 1) * (double) times > NestedWriter.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge((long) Math.min(Long.MAX_VALUE, (array.length - 1) * (double) times));
        }
        writer.begin();
        for (long i = 0; i < times && array.length > 1; i++) {
            add(array);
        }
        finish(result);
    }

    /** The numbers from one to another, both in it if the step leads there. */
    public void sequence(long first, long last, long step, Slice result) {
        if (step == 0) {
            throw EvaluationErrors.argument("the step of a sequence is 0");
        }
        writer.begin();
        long next = first;
        while (step > 0 ? next <= last : next >= last) {
            writer.appendLong(next);
            long following = next + step;
            if (((next ^ following) & (step ^ following)) < 0) {
                break;
            }
            next = following;
        }
        finish(result);
    }

    /** Puts the entries of a map behind those that are there. */
    public void addEntries(Slice map) {
        int count = scan(map);
        for (int i = 0; i < count; i += 2) {
            writer.beginEntry();
            append(map, i);
            writer.endKey();
            append(map, i + 1);
        }
    }

    /** Ends the map that was put together. */
    public void endMap(Slice result) {
        writer.endMap();
        result.setPassing(writer.data(), writer.length());
    }

    public void keys(Slice map, Slice result) {
        components(map, 0, result);
    }

    public void values(Slice map, Slice result) {
        components(map, 1, result);
    }

    private void components(Slice map, int kind, Slice result) {
        int count = scan(map);
        writer.begin();
        for (int i = kind; i < count; i += 2) {
            append(map, i);
        }
        finish(result);
    }

    /** The entries as rows of key and value, whose bytes are those of the entries. */
    public void entries(Slice map, Slice result) {
        int count = scan(map);
        writer.begin();
        for (int i = 0; i < count; i += 2) {
            writer.appendNested(map.data, starts[i], starts[i + 2] - starts[i]);
        }
        finish(result);
    }

    /** The map of keys, an array of the type that this is for, and values of another type. */
    public void map(Slice keys, Slice values, CollectionFunctions ofValues, Slice result) {
        int count = scan(keys);
        if (ofValues.scan(values) != count) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE, "the keys of a map are not as many as its values");
        }
        writer.begin();
        for (int i = 0; i < count; i++) {
            writer.beginEntry();
            append(keys, i);
            writer.endKey();
            writer.appendRaw(values.data, ofValues.starts[i], ofValues.starts[i + 1] - ofValues.starts[i]);
        }
        writer.endMap();
        result.setPassing(writer.data(), writer.length());
    }
}
