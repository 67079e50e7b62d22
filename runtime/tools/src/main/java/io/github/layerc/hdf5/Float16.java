package io.github.layerc.hdf5;

/** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. Java has it itself from 20 on. */
public final class Float16 {
    private Float16() {}

    /** The number of these bits. */
    public static double value(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 0x1f
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        return bits < 0 ? -size : size;
    }
}
