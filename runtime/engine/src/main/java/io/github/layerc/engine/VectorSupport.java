package io.github.layerc.engine;

import io.github.layerc.engine.check.HotSpotOptions;
import java.util.Locale;

/**
 * Whether this JVM runs Vector API code well: the module is there, and HotSpot's C2 compiles it, for registers of 128 bits or more and with a fused
 * multiply-add. C1, OpenJ9 and others run it a hundred times slower than plain Java, and a processor without multiply-add, or a virtual machine that
 * hides it, thousands of times: the Vector API then computes each with {@link java.math.BigDecimal}, since it must not round twice.
 */
public final class VectorSupport {
    /** The module of the Vector API. */
    public static final String MODULE = "jdk.incubator.vector";

    private static final int LEAST_BITS = 128;

    /**
     * A multiply-add takes some tens of nanoseconds with two looks at the clock, in HotSpot's interpreter, too; with
     * BigDecimal, numbers of so many digits take 3,000 at least when everything is compiled, and 200,000 when nothing
     * is.
     */
    private static final long SLOW_NANOS = 1000;

    private static final int PROBES = 16;
    private static final System.Logger LOGGER = System.getLogger("io.github.layerc");

    private VectorSupport() {}

    /** Chooses the target for a network and says in one line, on the logger {@code io.github.layerc}, what was chosen and why. */
    public static Target choose(String network) {
        String objection = objection();
        Target target = objection.isEmpty() ? Target.VECTOR : Target.SCALAR;
        LOGGER.log(
                System.Logger.Level.INFO,
                target == Target.VECTOR
                        ? network + ": target vector, registers of " + preferredBits() + " bits"
                        : network + ": target scalar: " + objection);
        return target;
    }

    /**
     * Checks that a target can be had.
     *
     * @throws IllegalStateException if it is the vector target and this JVM does not run it well; the message says why
     */
    public static void require(String network, Target target) {
        String objection = target == Target.VECTOR ? objection() : "";
        if (!objection.isEmpty()) {
            throw new IllegalStateException(network + ": target vector is not to be had: " + objection);
        }
    }

    /** Whether this JVM runs the Vector API well. */
    public static boolean isAvailable() {
        return objection().isEmpty();
    }

    /** Why this JVM should not run the vector target; empty where it should. */
    static String objection() {
        return Found.OBJECTION;
    }

    /** Found once: it does not change while the JVM runs. */
    private static final class Found {
        static final String OBJECTION = find();

        private Found() {}
    }

    private static String find() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return "no module " + MODULE + ": start java with --add-modules " + MODULE;
        }
        String vm = System.getProperty("java.vm.name", "") + " " + System.getProperty("java.vm.version", "");
        String mode = System.getProperty("java.vm.info", "");
        if (!vm.contains("HotSpot") && !vm.contains("OpenJDK")) {
            return "this JVM is not HotSpot: " + vm;
        }
        boolean compiles = mode.contains("mixed mode") || mode.contains("compiled mode");
        if (!compiles
                || mode.contains("emulated-client")
                || vm.toLowerCase(Locale.ROOT).contains("jvmci")) {
            return "this JVM does not compile with C2: " + vm + ", " + mode;
        }
        int bits = preferredBits();
        if (bits < LEAST_BITS) {
            return "vector registers have fewer than " + LEAST_BITS + " bits: " + bits;
        }
        return multipliesAndAdds()
                ? HotSpotOptions.objection()
                : "no fused multiply-add: this processor has none, or it is hidden, as -XX:-UseFMA or -XX:UseAVX=0 do";
    }

    /** The fastest of several counts, since any of them may be interrupted. */
    private static boolean multipliesAndAdds() {
        double value = 0x1.123456789abcdp-900;
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < PROBES && fastest > SLOW_NANOS; i++) {
            long start = System.nanoTime();
            // numbers that lie far apart have the more digits; the result, which is the third, is used
            double next = Math.fma(value, 0x1.123456789abcdp100, 0x1.fedcba987654p900);
            fastest = Math.min(fastest, System.nanoTime() - start);
            value = next > 1 ? value : next;
        }
        return fastest <= SLOW_NANOS;
    }

    /** Read by reflection, so that nothing here links the module. */
    private static int preferredBits() {
        try {
            Object shape = Class.forName(MODULE + ".VectorShape")
                    .getMethod("preferredShape")
                    .invoke(null);
            return (int) shape.getClass().getMethod("vectorBitSize").invoke(shape);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the Vector API of this JVM has no preferred shape", e);
        }
    }
}
