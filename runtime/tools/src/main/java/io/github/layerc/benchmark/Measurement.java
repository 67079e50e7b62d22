package io.github.layerc.benchmark;

import io.github.layerc.engine.VectorSupport;
import io.github.layerc.network.Form;
import java.io.PrintStream;
import java.util.Collection;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What JMH found for one operation of one engine.
 *
 * @param nsPerOp mean time
 * @param errorNs half of its 99.9 % confidence interval, NaN for fewer than two iterations
 * @param bytesPerOp allocated, as JMH's gc profiler counts it: with some kilobytes of an iteration that are JMH's own, so an operation that
 *     allocates nothing and takes milliseconds shows some hundred
 */
record Measurement(double nsPerOp, double errorNs, double bytesPerOp) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /**
     * Measures in JVMs of their own.
     *
     * @param log takes what JMH prints
     * @throws RunnerException if a JVM fails
     */
    static Measurement of(
            CompareSettings settings, Operation operation, String engine, Form form, int batch, PrintStream log)
            throws RunnerException {
        TimeValue time = TimeValue.milliseconds(Math.max(1, Math.round(1000 * settings.seconds())));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(EngineBenchmark.class.getName() + "." + operation.method()) + "$")
                .param("network", settings.network())
                .param("engine", engine)
                .param("form", form.keyword())
                .param("batch", Integer.toString(batch))
                .forks(settings.forks())
                .warmupIterations(settings.warmupIterations())
                .warmupTime(time)
                .measurementIterations(settings.iterations())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        if (ModuleLayer.boot().findModule(VectorSupport.MODULE).isPresent()) {
            options = options.jvmArgsAppend("--add-modules", VectorSupport.MODULE);
        }
        Collection<RunResult> results =
                new Runner(options.build(), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL)).run();
        if (results.size() != 1) {
            throw new AssertionError("one benchmark has one result: " + results);
        }
        RunResult result = results.iterator().next();
        Result<?> primary = result.getPrimaryResult();
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        return new Measurement(
                primary.getScore(), primary.getScoreError(), allocation == null ? Double.NaN : allocation.getScore());
    }
}
