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
 * Tries learning rates, 10 in each power of ten, each from the first parameters for some steps of the spec's optimizer, until the cost explodes. Says the largest that
 * still makes the cost fall, and suggests one; leaves the curve as {@code rates.csv}, {@code rates.svg} and {@code rates.html} in
 * {@code target/layerc/<network>}, and no model. The module must be compiled.
 */
@Mojo(name = "find-rate", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class FindRateMojo extends NetworkMojo {

    /** Folder or file of samples as {@code layerc:train} takes it. By default samples are random, and so is the answer. */
    @Parameter(property = "layerc.data")
    private String data;

    /** Number of samples, where the data have so many. */
    @Parameter(property = "layerc.samples", defaultValue = "512")
    private String samples;

    /** The first learning rate. */
    @Parameter(property = "layerc.rate.from", defaultValue = "1e-6")
    private String from;

    /** The last learning rate. */
    @Parameter(property = "layerc.rate.to", defaultValue = "10")
    private String to;

    /** Steps at each rate. */
    @Parameter(property = "layerc.rate.steps", defaultValue = "400")
    private String steps;

    @Inject
    public FindRateMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "find-rate";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.trial.FindRateCommand";
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
        arguments.put("from", Double.toString(new Property("layerc.rate.from", from).positiveNumber()));
        arguments.put("to", Double.toString(new Property("layerc.rate.to", to).positiveNumber()));
        arguments.put("steps", Integer.toString(new Property("layerc.rate.steps", steps).wholeNumber(1)));
        return arguments;
    }
}
