package io.github.layerc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.compiler.Compiler;
import io.github.layerc.compiler.MemoryCompiler;
import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.SourceFile;
import io.github.layerc.engine.Target;
import io.github.layerc.maven.fork.ClassFolder;
import io.github.layerc.maven.fork.JavaFork;
import io.github.layerc.maven.fork.JvmFlags;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.program.Entry;
import io.github.layerc.schedule.Machine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether C2 compiles what is generated: runs generated classes in a JVM that logs its compilations, with the flags of the goals, until nothing
 * more is compiled, and looks for every method that was called. The size of a method is a promise; this is the proof. Unless {@code -Dlayerc.whole=true},
 * as in .ci/run, fewer networks and a fifth of the calls have to do.
 */
@Tag("long")
class HotMethodsTest {
    private static final String PACKAGE = "hot";

    /**
     * HotSpot never hands most of these to C2, since they return a field or a constant; the others run when parameters
     * are set or read, or data bound.
     */
    private static final Set<String> COLD = Set.of(
            "parameters", "capacity", "schedule", "panelWidth", "threads", "places", "gram", "pack", "unpack", "close");

    private static final Network TINY = Network.builder(PACKAGE, "Tiny")
            .input(Input.flat(2))
            .layer(3, Activation.TANH)
            .layer(1, Activation.SIGMOID)
            .precision(Precision.DOUBLE)
            .build();

    /** Wide enough for units in the lanes, and for a copy of the weights. */
    private static Network middle(String name) {
        return Network.builder(PACKAGE, name)
                .input(Input.flat(65))
                .layer(48, Activation.RELU)
                .layer(32, Activation.RELU)
                .layer(10, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
    }

    /** The same in double: twice as many vectors in a tile. */
    private static final Network MIDDLE_DOUBLE = Network.builder(PACKAGE, "MiddleDouble")
            .input(Input.flat(65))
            .layer(48, Activation.RELU)
            .layer(32, Activation.RELU)
            .layer(10, Activation.SOFTMAX)
            .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
            .precision(Precision.DOUBLE)
            .build();

    /** So wide that a tile of one sample has eight vectors of 512 bits. */
    private static final Network WIDE = Network.builder(PACKAGE, "Wide")
            .input(Input.flat(100))
            .layer(128, Activation.RELU)
            .layer(1, Activation.SIGMOID)
            .build();

    /** So small that C2 would inline every kernel into the entry points, if it could. */
    private static Network small(String name) {
        return Network.builder(PACKAGE, name)
                .input(Input.flat(16))
                .layer(32, Activation.RELU)
                .layer(32, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .build();
    }

    /** The same, with several vectors of 512 bits in a layer, and a number of them that is no power of two. */
    private static Network uneven(String name) {
        return Network.builder(PACKAGE, name)
                .input(Input.flat(12))
                .layer(48, Activation.RELU)
                .layer(112, Activation.TANH)
                .layer(4, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
    }

    /** As CatNet4, with smaller pictures: just enough for the first layer to be taken in blocks. */
    private static Network cats(String name) {
        return Network.builder(PACKAGE, name)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .input(Input.flat(24 * 32 * 3))
                .layer(20, Activation.RELU)
                .layer(7, Activation.RELU)
                .layer(5, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .build();
    }

    /** The same with two threads, whose work is shared out. */
    private static final Network CATS_2 = Network.builder(PACKAGE, "Cats2")
            .input(Input.flat(24 * 32 * 3))
            .layer(20, Activation.RELU)
            .layer(7, Activation.RELU)
            .layer(5, Activation.RELU)
            .layer(1, Activation.SIGMOID)
            .threads(2)
            .build();

    private static final boolean WHOLE = Boolean.getBoolean("layerc.whole");

    private static final List<String> TINY_SCALAR = List.of("hot.Tiny:scalar");

    @TempDir
    Path folder;

    @Test
    void everyMethodThatIsCalledIsCompiledByC2() throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        List<String> runs = new ArrayList<>();
        List<Network> networks = new ArrayList<>(List.of(TINY, middle("Middle"), cats("Cats"), CATS_2));
        if (WHOLE) {
            networks.addAll(List.of(MIDDLE_DOUBLE, WIDE, small("Small"), uneven("Uneven")));
        }
        for (Network network : networks) {
            classes.putAll(compiled(network, Options.DEFAULT));
            for (Target target : Target.values()) {
                runs.add(network.className() + ":" + target.keyword());
            }
        }
        // more registers, so larger tiles
        Options avx512 = Options.DEFAULT.withMachine(Machine.AVX512);
        List<Network> larger = new ArrayList<>(List.of(uneven("Uneven512")));
        if (WHOLE) {
            larger.addAll(List.of(small("Small512"), middle("Middle512"), cats("Cats512")));
        }
        for (Network network : larger) {
            classes.putAll(compiled(network, avx512));
            runs.add(network.className() + ":" + Target.VECTOR.keyword());
        }
        Set<String> called = called(classes, runs);
        assertThat(called)
                .contains("hot.TinyVector.step", "hot.MiddleScalar.predict", "hot.CatsVector.forward1")
                .contains("hot.Cats2Vector.boundStepInputs", "hot.MiddleVector.gradients", "hot.TinyScalar.cost");
        CompilationLog log = run(classes, runs, List.of());
        assertThat(log.complaints(called)).isEmpty();
        // of what is put off, C2 of 17 keeps some on the heap in one JVM of several
        Map<String, String> putOff = new TreeMap<>(log.putOff());
        // 25 inlines more kernels into entry points and their callers, and keeps nothing on the heap
        if (Runtime.version().feature() > 17) {
            putOff.keySet().retainAll(called);
            putOff.keySet().removeIf(HotMethodsTest::isEntryPoint);
        }
        assertThat(putOff).isEmpty();
    }

    /** With what an entry point was split into. */
    private static boolean isEntryPoint(String method) {
        String name =
                method.substring(method.lastIndexOf('.') + 1).replaceFirst("(Samples|Inputs|Block|Part[0-9]+)$", "");
        return Arrays.stream(Entry.values()).anyMatch(entry -> entry.method().equals(name));
    }

    /** C1 alone is what a method gets that C2 refuses. */
    @Test
    void seesWhatOnlyC1Compiled() throws Exception {
        Map<String, byte[]> classes = compiled(TINY, Options.DEFAULT);
        Set<String> called = called(classes, TINY_SCALAR);
        assertThat(run(classes, TINY_SCALAR, List.of("-XX:TieredStopAtLevel=1")).complaints(called))
                .hasSameSizeAs(called)
                .contains("hot.TinyScalar.step: not compiled by C2");
    }

    @Test
    void seesCallsOfTheVectorApiThatArePutOff() throws Exception {
        List<SourceFile> sources = sources(TINY).stream()
                .map(file -> file.path().endsWith("TinyVector.java") ? withManyVectors(file) : file)
                .toList();
        Map<String, byte[]> classes = MemoryCompiler.compile(sources);
        assertThat(run(classes, List.of("hot.Tiny:vector"), List.of()).putOff()).containsKey("hot.TinyVector.results");
    }

    private static SourceFile withManyVectors(SourceFile file) {
        String head = "void results(int from, int to, double[] out, int outAt) {\n";
        assertThat(file.text()).contains(head);
        String call = "DoubleVector.fromArray(SPECIES, lanes, 0).add(DoubleVector.fromArray(SPECIES, lanes, LANES))"
                + ".intoArray(lanes, 0);\n";
        return new SourceFile(file.path(), file.text().replace(head, head + call.repeat(30)));
    }

    @Test
    void seesWhereC2GaveUp() throws Exception {
        Map<String, byte[]> classes = compiled(TINY, Options.DEFAULT);
        Set<String> called = called(classes, TINY_SCALAR);
        List<String> few = List.of("-XX:MaxNodeLimit=2000", "-XX:NodeLimitFudgeFactor=100");
        assertThat(run(classes, TINY_SCALAR, few).complaints(called))
                .anyMatch(complaint -> complaint.matches("(?i)hot.TinyScalar.* C2 gave up: .*out of nodes.*"));
    }

    /** What the budget of 7000 bytes prevents: beyond 8000 a method is interpreted for ever. */
    @Test
    void seesAMethodThatIsTooLarge() throws Exception {
        List<SourceFile> sources = sources(TINY).stream()
                .map(file -> file.path().endsWith("TinyScalar.java") ? withLargeResults(file) : file)
                .toList();
        Map<String, byte[]> classes = MemoryCompiler.compile(sources);
        Set<String> called = called(classes, TINY_SCALAR);
        assertThat(run(classes, TINY_SCALAR, List.of()).complaints(called))
                .containsExactly("hot.TinyScalar.results: not compiled by C2");
    }

    private static SourceFile withLargeResults(SourceFile file) {
        String head = "void results(int from, int to, double[] out, int outAt) {\n";
        assertThat(file.text()).contains(head);
        // never run: interpreted it would take seconds
        String large = "if (outAt < 0) {\n" + "out[outAt] += 1;\n".repeat(1200) + "}\n";
        return new SourceFile(file.path(), file.text().replace(head, head + large));
    }

    private static Map<String, byte[]> compiled(Network network, Options options) {
        return Compiler.compile(network, "hot.yaml", options).classFiles();
    }

    private static List<SourceFile> sources(Network network) {
        return Compiler.compile(network, "hot.yaml", Options.DEFAULT).files();
    }

    /** The methods of the targets' classes that a round of calls enters. */
    private static Set<String> called(Map<String, byte[]> classes, List<String> runs) throws ClassNotFoundException {
        CalledMethods loader = new CalledMethods(classes);
        for (String run : runs) {
            try (EveryEntryPoint entryPoints = EveryEntryPoint.of(run, loader)) {
                assertThat(entryPoints.round()).isFinite();
            }
        }
        Set<String> called = new TreeSet<>();
        for (String method : loader.called()) {
            boolean kernels = method.matches(".*(Vector|Scalar)\\.\\w+");
            if (kernels && !COLD.contains(method.substring(method.lastIndexOf('.') + 1))) {
                called.add(method);
            }
        }
        return called;
    }

    private CompilationLog run(Map<String, byte[]> classes, List<String> runs, List<String> flags)
            throws IOException, InterruptedException, URISyntaxException {
        ClassFolder.write(folder.resolve("classes"), classes);
        Path log = folder.resolve("compilation.xml");
        List<String> all = new ArrayList<>(JvmFlags.java());
        // in the foreground: a number of calls is enough, however busy the machine is
        all.add("-Xbatch");
        if (!WHOLE) {
            // a fifth of what the goals have: fewer calls do
            all.add("-XX:CompileThresholdScaling=0.02");
        }
        all.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+LogCompilation", "-XX:LogFile=" + log));
        all.addAll(List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=log," + PACKAGE + ".*::*"));
        // entry points are inlined into these
        all.add("-XX:CompileCommand=log,io.github.layerc.engine.*::*");
        all.addAll(flags);
        List<Path> classPath =
                List.of(folder.resolve("classes"), placeOf(EveryEntryPoint.class), placeOf(Network.class));
        JavaFork fork = new JavaFork(all, classPath, EveryEntryPoint.class.getName(), runs);
        assertThat(fork.run(folder.resolve("hot.args"), folder)).isZero();
        return CompilationLog.read(log);
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
