package io.github.layerc.spark.scoring;

import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** How Spark packs a vector: a struct of its kind, its size, the places of a sparse one, and the values. */
final class PackedVector {
    static final int FIELDS = 4;

    static final int KIND = 0;
    static final int SIZE = 1;
    static final int PLACES = 2;
    static final int VALUES = 3;

    /** The kind of a vector that has all values; it has no size and no places. */
    static final byte DENSE = 1;

    private PackedVector() {}

    /** Where the elements of a packed array begin, from its base object on. */
    static long first(UnsafeArrayData packed) {
        return packed.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(packed.numElements());
    }
}
