package io.github.layerc.maven;

import io.github.layerc.generation.NamedSpec;
import io.github.layerc.maven.fork.JvmFlags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.build.BuildContext;

/**
 * Trains one batch of samples again and again, and says in one line whether the network can learn it by heart, or else what to look at: a network that cannot learn a few
 * samples will not learn many. Fails where it cannot; writes no file. The module must be compiled.
 */
@Mojo(name = "overfit", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class OverfitMojo extends NetworkMojo {

    /** Folder or file of samples as {@code layerc:train} takes it. By default samples and targets are random. */
    @Parameter(property = "layerc.data")
    private String data;

    /** Number of samples in the batch, where the data have so many. */
    @Parameter(property = "layerc.samples", defaultValue = "16")
    private String samples;

    /** Number of updates, at most. */
    @Parameter(property = "layerc.iterations", defaultValue = "5000")
    private String iterations;

    /** Learning rate of every update; by default as the spec says. */
    @Parameter(property = "layerc.learningRate")
    private String learningRate;

    /** Cost up to which the batch counts as learnt. By default 5 % of the way from the first cost to that of right outputs. */
    @Parameter(property = "layerc.overfit.cost")
    private String cost;

    @Inject
    public OverfitMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "overfit";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.trial.OverfitCommand";
    }

    @Override
    List<String> flags(NamedSpec spec) {
        return JvmFlags.training();
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        if (new Property("layerc.data", data).isSet()) {
            arguments.put("data", resolved(data).toString());
        }
        arguments.put("samples", Integer.toString(new Property("layerc.samples", samples).wholeNumber(1)));
        arguments.put("iterations", Integer.toString(new Property("layerc.iterations", iterations).wholeNumber(1)));
        putNumber(arguments, "learningRate", new Property("layerc.learningRate", learningRate));
        putNumber(arguments, "cost", new Property("layerc.overfit.cost", cost));
        return arguments;
    }

    private static void putNumber(Map<String, String> arguments, String key, Property property) {
        if (property.isSet()) {
            arguments.put(key, Double.toString(property.positiveNumber()));
        }
    }
}
