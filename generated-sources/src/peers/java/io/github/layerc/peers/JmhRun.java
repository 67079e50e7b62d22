package io.github.layerc.peers;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
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
 * What JMH found for one method, in JVMs with the class path and the flags of this one.
 *
 * @param nsPerOp mean time
 * @param errorNs half of its 99.9 % confidence interval, NaN for fewer than two iterations
 * @param bytesPerOp allocated in the heap, with some kilobytes of an iteration that are JMH's own
 */
record JmhRun(double nsPerOp, double errorNs, double bytesPerOp) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /**
     * Measures one method of a benchmark class.
     *
     * @param parameters name to value
     * @param warmupIterations instead of those of the settings
     * @param log takes what JMH prints
     * @throws RunnerException if a JVM fails
     */
    static JmhRun of(
            Class<?> benchmark,
            String method,
            Map<String, String> parameters,
            PeersSettings settings,
            int warmupIterations,
            PrintStream log)
            throws RunnerException {
        TimeValue time = TimeValue.milliseconds(Math.max(1, Math.round(1000 * settings.seconds())));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$")
                .forks(settings.forks())
                .warmupIterations(warmupIterations)
                .warmupTime(time)
                .measurementIterations(settings.iterations())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
        parameters.forEach((name, value) -> options.param(name, value));
        Collection<RunResult> results =
                new Runner(options.build(), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL)).run();
        if (results.size() != 1) {
            throw new AssertionError("one benchmark has one result: " + results);
        }
        RunResult result = results.iterator().next();
        Result<?> primary = result.getPrimaryResult();
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        return new JmhRun(
                primary.getScore(), primary.getScoreError(), allocation == null ? Double.NaN : allocation.getScore());
    }
}
