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
 * Measures schedules of a network on this machine, with random samples in a JVM of its own, and writes the winners beside the spec:
 * {@code cat4.tuned} beside {@code cat4.yaml}. {@code layerc:generate} uses them from then on.
 */
@Mojo(name = "tune", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class TuneMojo extends NetworkMojo {
    private static final List<String> TARGETS = List.of("vector", "scalar");

    /** The target that is measured: {@code vector} or {@code scalar}. By default the vector target where this JVM runs it well. */
    @Parameter(property = "layerc.target")
    private String target;

    /** Samples of a training step, in direct and in Gram form, and of the larger prediction. */
    @Parameter(property = "layerc.tune.batch", defaultValue = "64")
    private String batch;

    /** Seconds after which no further candidate is tried. */
    @Parameter(property = "layerc.tune.seconds", defaultValue = "120")
    private String seconds;

    @Inject
    public TuneMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "tune";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.tune.TuneCommand";
    }

    /** The spec is enough: the program compiles every candidate itself. */
    @Override
    boolean runsClass() {
        return false;
    }

    @Override
    List<String> flags(NamedSpec spec) {
        return JvmFlags.waitingForCompilation(spec.network().name());
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        Property targetProperty = new Property("layerc.target", target);
        if (targetProperty.isSet()) {
            arguments.put("target", targetProperty.oneOf(TARGETS));
        }
        if (new Property("layerc.machine", machine()).isSet()) {
            arguments.put("machine", machine());
        }
        if (new Property("layerc.precision", precision()).isSet()) {
            arguments.put("precision", precision());
        }
        arguments.put("batch", Integer.toString(new Property("layerc.tune.batch", batch).wholeNumber(1)));
        arguments.put("seconds", Double.toString(new Property("layerc.tune.seconds", seconds).positiveNumber()));
        return arguments;
    }
}
