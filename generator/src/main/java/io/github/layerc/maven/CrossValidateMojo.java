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
 * Trains a network once for each of some parts of the data, which is left out and then tested with, several side by side. Says mean and standard deviation of every
 * metric; leaves {@code cross-validation.csv} in {@code target/layerc/<network>}, and no model. The module must be compiled.
 */
@Mojo(name = "cross-validate", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class CrossValidateMojo extends NetworkMojo {

    /** A table, or data as {@code layerc:train} takes them; it must be given. */
    @Parameter(property = "layerc.data")
    private String data;

    /** Number of the parts. */
    @Parameter(property = "layerc.folds", defaultValue = "5")
    private String folds;

    /** Trainings side by side, at most. By default as many as there are cores. */
    @Parameter(property = "layerc.parallel")
    private String parallel;

    @Inject
    public CrossValidateMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "cross-validate";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.trial.CrossValidateCommand";
    }

    @Override
    List<String> flags(NamedSpec spec) {
        return JvmFlags.training();
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        String path = new Property("layerc.data", data).required("data");
        arguments.put("data", resolved(path).toString());
        arguments.put("folds", Integer.toString(new Property("layerc.folds", folds).wholeNumber(2)));
        Property sideBySide = new Property("layerc.parallel", parallel);
        if (sideBySide.isSet()) {
            arguments.put("parallel", Integer.toString(sideBySide.wholeNumber(1)));
        }
        return arguments;
    }
}
