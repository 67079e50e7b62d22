package io.github.layerc.array;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of an array in a file.
 *
 * @param sizes of the axes, each at least 0, the slowest first; none of a single value
 */
record Axes(List<Long> sizes) {

    Axes {
        sizes = List.copyOf(sizes);
    }

    static Axes of(long... sizes) {
        return new Axes(Arrays.stream(sizes).boxed().toList());
    }

    /** Bytes of all values of some width; {@link Long#MAX_VALUE} where they are more. */
    long bytes(int width) {
        long bytes = width;
        for (long size : sizes) {
            if (size == 0) {
                return 0;
            }
            bytes = bytes > Long.MAX_VALUE / size ? Long.MAX_VALUE : bytes * size;
        }
        return bytes;
    }

    /** Where a value is, by its number in C order: the first axis has the rows, and all other ones are the columns of a row. */
    String where(int index) {
        if (sizes.isEmpty()) {
            return "the only value";
        }
        long columns = new Axes(sizes.subList(1, sizes.size())).bytes(1);
        String row = "row " + index / columns;
        return (columns > 1 ? row + ", column " + index % columns : row) + " (from 0 on)";
    }

    /** As Python writes it. */
    String text() {
        return sizes.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    long[] toArray() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }
}
