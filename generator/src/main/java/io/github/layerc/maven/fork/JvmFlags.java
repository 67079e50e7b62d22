package io.github.layerc.maven.fork;

import io.github.layerc.engine.VectorSupport;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/** The flags of every JVM that the plugin starts: the one place for them. */
public final class JvmFlags {
    /** The first JDK that warns when JLine, below the progress bar, calls into the system without leave. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    /**
     * Code of the Vector API makes an object of every vector until C2 has compiled it, and a kernel that runs once in a step would wait for
     * thousands of steps. CatNet4 with 209 samples allocates until step 1750 by default, until step 500 with a tenth of the thresholds, on 17
     * and on 25; a hundredth leaves some kernels with a poor profile for good.
     */
    private static final String EARLY_COMPILATION = "-XX:CompileThresholdScaling=0.1";

    private JvmFlags() {}

    /** Flags of a JVM that runs generated classes. */
    public static List<String> java() {
        return java(Runtime.version().feature(), hasVectorModule(), System.getProperty("java.vm.name", ""));
    }

    /**
     * Flags of a JVM that measures many variants of a network: a call waits for the compilation of its method, where otherwise code of the
     * Vector API would run for seconds, slowly, beside the compiler. Only methods of the generated classes wait: if those of javac did, the
     * first variant would take half a minute.
     *
     * @param network simple name of the public class
     */
    public static List<String> waitingForCompilation(String network) {
        return hotSpot(System.getProperty("java.vm.name", ""))
                ? List.of(
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=BackgroundCompilation,*" + network + "Vector.*,false",
                        "-XX:CompileCommand=BackgroundCompilation,*" + network + "Scalar.*,false")
                : List.of();
    }

    /**
     * Flags of a JVM that trains once: C2 alone, after fewer calls than by default, but not so few that it gets no profile. C1 would compile every
     * kernel first, while C2 is what the steps wait for. Three things keep C2 from compiling a kernel more than once: it takes it up after 80 calls
     * instead of 240, in the loops of a call that is still running only after 100,000 rounds instead of 16,000, and the loops that add up rows not
     * again into each of their callers.
     *
     * <p>2500 steps of CatNet4 in Gram form, set-up included, in a new JVM: without a {@link io.github.layerc.training.WarmUp} 1.05 to 1.13 s; with
     * both compilers and 0.1, 0.3, 0.5 of the calls 1.34, 1.21, 1.15 s; with a warm-up 0.59 to 0.72 s in float and 0.85 to 1.2 s in double; with
     * these three things, too, 0.52 to 0.62 s and 0.73 to 0.88 s.
     */
    public static List<String> training() {
        return training(System.getProperty("java.vm.name", ""));
    }

    static List<String> training(String vm) {
        return hotSpot(vm)
                ? List.of(
                        "-XX:-TieredCompilation",
                        "-XX:CompileThresholdScaling=0.4",
                        // both are scaled
                        "-XX:Tier4MinInvocationThreshold=200",
                        "-XX:Tier4BackEdgeThreshold=250000",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=dontinline,*.addRows*")
                : List.of();
    }

    private static boolean hotSpot(String vm) {
        return vm.contains("HotSpot") || vm.contains("OpenJDK");
    }

    static List<String> java(int feature, boolean vectorModule, String vm) {
        List<String> flags = new ArrayList<>();
        // the message alone: the choice of the target is one line
        flags.add("-Djava.util.logging.SimpleFormatter.format=%5$s%n");
        if (vectorModule) {
            flags.add("--add-modules=" + VectorSupport.MODULE);
        }
        if (hotSpot(vm)) {
            flags.add(EARLY_COMPILATION);
        }
        if (feature >= WARNS_OF_NATIVE_ACCESS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return flags;
    }

    /** Some Java runtimes are built without it, and refuse to start with the flag; there the classes run their scalar target. */
    private static boolean hasVectorModule() {
        return ModuleFinder.ofSystem().find(VectorSupport.MODULE).isPresent();
    }
}
