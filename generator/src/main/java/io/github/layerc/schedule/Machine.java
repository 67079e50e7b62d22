package io.github.layerc.schedule;

/**
 * What a schedule has to know of a machine. The only place with such numbers.
 *
 * @param vectorRegisters number of vector registers
 * @param l1Bytes first-level data cache of one core
 * @param l2Bytes second-level cache of one core
 */
public record Machine(String name, int vectorRegisters, int l1Bytes, int l2Bytes) {

    /** A compromise for the common 64-bit machines: what it assumes, nearly all of them have. */
    public static final Machine GENERIC = new Machine("generic", 16, 32 << 10, 512 << 10);
}
