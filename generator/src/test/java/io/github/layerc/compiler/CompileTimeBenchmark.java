package io.github.layerc.compiler;

import io.github.layerc.spec.SpecReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The time from a spec to its sources, and that of javac over them, in seconds: the first run of a JVM, as in a build. Not a part of any build:
 *
 * <pre>
 * mvn test -pl generator -am -Dtest=CompileTimeBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dlayerc.extreme=LAYERS_60,UNITS_5000
 * </pre>
 *
 * <p>Without {@code layerc.extreme} all networks of {@link Extreme} are measured, 1000 layers among them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 5, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class CompileTimeBenchmark {
    @Param
    private Extreme extreme;

    private String text;

    @Setup
    public void read() {
        text = extreme.text();
    }

    /** What {@link #javac} compiles, made before its time counts. */
    @State(Scope.Benchmark)
    public static class Sources {
        private List<SourceFile> files;

        @Setup
        public void generate(CompileTimeBenchmark benchmark) {
            files = benchmark.generate();
        }
    }

    /** Spec to sources, without the sizes in their documentation. */
    @Benchmark
    public List<SourceFile> generate() {
        return Compiler.draft(SpecReader.read("net.yaml", text).network(), "net.yaml", Options.DEFAULT);
    }

    /** Sources to classes, in memory. */
    @Benchmark
    public Map<String, byte[]> javac(Sources sources) {
        return MemoryCompiler.compile(sources.files);
    }

    /** Not found by the name of this class in a build. */
    @Test
    void measure() throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(CompileTimeBenchmark.class.getName());
        String chosen = System.getProperty("layerc.extreme", "");
        if (!chosen.isEmpty()) {
            options.param("extreme", chosen.split(","));
        }
        new Runner(options.build()).run();
    }
}
