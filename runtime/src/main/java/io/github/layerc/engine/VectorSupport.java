package io.github.layerc.engine;

import java.util.Locale;

/**
 * Whether this JVM runs Vector API code well: the module is there, and HotSpot's C2 compiles it for registers of 128 bits or more. C1, OpenJ9
 * and others run it a hundred times slower than plain Java.
 */
public final class VectorSupport {
    /** The module of the Vector API. */
    public static final String MODULE = "jdk.incubator.vector";

    private static final int LEAST_BITS = 128;
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

    /** Why this JVM should not run the vector target; empty where it should. */
    static String objection() {
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
        return bits < LEAST_BITS ? "vector registers have fewer than " + LEAST_BITS + " bits: " + bits : "";
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
