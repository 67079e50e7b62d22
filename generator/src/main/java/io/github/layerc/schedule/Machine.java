package io.github.layerc.schedule;

import io.github.layerc.network.Precision;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a schedule has to know of a machine. This table is the only place with such numbers; those of {@code host} are
 * read from the machine. Code that was generated for one machine is correct on every other: vectors are as long as the
 * JVM prefers them, wherever it runs.
 *
 * @param vectorRegisters number of vector registers
 * @param vectorBytes bytes of a vector register
 * @param l1Bytes first-level data cache of one core
 * @param l2Bytes second-level cache of one core
 */
public record Machine(String name, int vectorRegisters, int vectorBytes, int l1Bytes, int l2Bytes) {

    /** A compromise for the common 64-bit machines: what it assumes, nearly all of them have. */
    public static final Machine GENERIC = new Machine("generic", 16, 32, 32 << 10, 512 << 10);

    /** x86-64 with AVX2: 256 bits. */
    public static final Machine AVX2 = new Machine("avx2", 16, 32, 32 << 10, 512 << 10);

    /** x86-64 with AVX-512: 512 bits, and twice as many registers. */
    public static final Machine AVX512 = new Machine("avx512", 32, 64, 32 << 10, 1 << 20);

    /** AArch64: 128 bits. */
    public static final Machine NEON = new Machine("neon", 32, 16, 64 << 10, 512 << 10);

    /** Bytes of the vector registers that machines have: code for one of them is correct, and fast, on all. */
    public static final List<Integer> VECTOR_BYTES = List.of(16, 32, 64);

    public static final int SHORTEST_VECTOR_BYTES = 16;

    public static final int LONGEST_VECTOR_BYTES = 64;

    /** All lane counts that may occur divide it, so a block of such a size needs no tail. */
    public static final int LANES_MULTIPLE = 64;

    /** Multiply-adds that have to be independent to hide each other's latency: two a cycle, each of four cycles. */
    public static final int INDEPENDENT_MULTIPLY_ADDS = 8;

    public static final int CACHE_LINE_BYTES = 64;

    /** The name of the machine that the compiler runs on: it is only looked at where somebody asks for it, see {@link HostMachine}. */
    public static final String HOST = "host";

    private static final List<Machine> ALL = List.of(GENERIC, AVX2, AVX512, NEON);

    /** The machines that have a name of their own, all but {@code host}. */
    public static List<Machine> named() {
        return ALL;
    }

    /** Elements in a vector register. */
    public int lanes(Precision precision) {
        return vectorBytes / (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    }

    /** The name, behind it the numbers where the name alone does not say them: the same machine gives the same text everywhere. */
    public String title() {
        return "{@code " + name + "}" + (name.equals(HOST) ? " (" + numbers() + ")" : "");
    }

    /** What is known of it: {@code 32 vector registers of 64 bytes, L1 32 KiB, L2 1024 KiB}. */
    public String numbers() {
        return vectorRegisters + " vector registers of " + vectorBytes + " bytes, L1 " + (l1Bytes >> 10) + " KiB, L2 "
                + (l2Bytes >> 10) + " KiB";
    }

    /**
     * The machine of a name; {@code host} is probed.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Machine of(String name) {
        if (name.equals(HOST)) {
            return HostMachine.probe();
        }
        return ALL.stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown machine: expected one of "
                        + ALL.stream().map(Machine::name).collect(Collectors.joining(", ")) + ", " + HOST
                        + ": machine=" + name));
    }
}
