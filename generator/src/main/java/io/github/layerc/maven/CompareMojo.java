package io.github.layerc.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.build.BuildContext;

/**
 * Measures the generated class of a network against the interpreter with JMH, in JVMs of their own, prints a table and leaves
 * {@code compare.json} and {@code compare.html} in {@code target/layerc/<network>}. The module must be compiled.
 */
@Mojo(name = "compare", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class CompareMojo extends NetworkMojo {

    /** Samples of a training step and of the larger prediction, random ones. */
    @Parameter(property = "layerc.samples", defaultValue = "209")
    private String samples;

    /** Number of JVMs that each row is measured in. */
    @Parameter(property = "layerc.compare.forks", defaultValue = "2")
    private String forks;

    /** Iterations of a JVM that are not counted. */
    @Parameter(property = "layerc.compare.warmupIterations", defaultValue = "4")
    private String warmupIterations;

    /** Iterations of a JVM that are counted. */
    @Parameter(property = "layerc.compare.iterations", defaultValue = "5")
    private String iterations;

    /** Seconds of an iteration. */
    @Parameter(property = "layerc.compare.seconds", defaultValue = "1")
    private String seconds;

    /** {@code true} measures whole trainings with the spec's iterations, too: binding the data, all steps, the parameters in the end. */
    @Parameter(property = "layerc.compare.training", defaultValue = "false")
    private String training;

    /** {@code true} shows what JMH prints; otherwise it goes to {@code jmh.log} beside {@code compare.json}. */
    @Parameter(property = "layerc.compare.verbose", defaultValue = "false")
    private String verbose;

    @Inject
    public CompareMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "compare";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.benchmark.CompareCommand";
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        put(arguments, "samples", "layerc.samples", samples, 1);
        put(arguments, "forks", "layerc.compare.forks", forks, 1);
        put(arguments, "warmupIterations", "layerc.compare.warmupIterations", warmupIterations, 0);
        put(arguments, "iterations", "layerc.compare.iterations", iterations, 1);
        double length = new Property("layerc.compare.seconds", seconds).positiveNumber();
        arguments.put("seconds", Double.toString(length));
        put(arguments, "training", "layerc.compare.training", training);
        put(arguments, "verbose", "layerc.compare.verbose", verbose);
        return arguments;
    }

    private static void put(Map<String, String> arguments, String key, String property, String text) {
        arguments.put(key, Boolean.toString(new Property(property, text).flag()));
    }

    private static void put(Map<String, String> arguments, String key, String property, String text, int least) {
        arguments.put(key, Integer.toString(new Property(property, text).wholeNumber(least)));
    }
}
