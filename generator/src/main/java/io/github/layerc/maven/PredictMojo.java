package io.github.layerc.maven;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.build.BuildContext;

/**
 * Predicts pictures or other samples with the model of a training, in a JVM of its own, prints a table and leaves {@code predictions.csv} in
 * {@code target/layerc/<network>}. The module must be compiled.
 */
@Mojo(name = "predict", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class PredictMojo extends NetworkMojo {
    private static final List<String> ENGINES = List.of("vector", "scalar", "interpreter");

    /**
     * A picture, a folder of pictures, or a file of samples: HDF5, CSV, NPY, NPZ or IDX; it must be given. A relative path is taken from
     * the directory in which Maven was started.
     */
    @Parameter(property = "layerc.input")
    private String input;

    /** Name of one of several datasets in the input; by default the only one that fits. */
    @Parameter(property = "layerc.dataset")
    private String dataset;

    /** The file of the model, relative to the directory in which Maven was started. By default that of the last training of the network. */
    @Parameter(property = "layerc.model")
    private String model;

    /** {@code vector}, {@code scalar} or {@code interpreter}. By default the class chooses. */
    @Parameter(property = "layerc.engine")
    private String engine;

    @Inject
    public PredictMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "predict";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.command.PredictCommand";
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        String required = new Property("layerc.input", input).required("a picture, a folder or a file of samples");
        arguments.put("input", resolved(required).toString());
        if (new Property("layerc.dataset", dataset).isSet()) {
            arguments.put("dataset", dataset);
        }
        if (new Property("layerc.model", model).isSet()) {
            arguments.put("model", resolved(model).toString());
        }
        Property engineProperty = new Property("layerc.engine", engine);
        if (engineProperty.isSet()) {
            arguments.put("engine", engineProperty.oneOf(ENGINES));
        }
        return arguments;
    }
}
