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
 * Trains a network in a JVM of its own and leaves history, metrics, checkpoint and a report in {@code target/layerc/<network>}. The module must be
 * compiled. The files replace those of the training before together or not at all. Where the cost ends more than 10 times above its start, a line
 * warns, and the model before stays as {@code model.h5.previous}.
 */
@Mojo(name = "train", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class TrainMojo extends NetworkMojo {
    private static final List<String> ENGINES = List.of("vector", "scalar", "interpreter");

    /**
     * Folder or file of the samples; a relative one is taken from the directory in which Maven was started. It is a folder with a folder of pictures for each class, or with {@code train}
     * and {@code test} with such folders, or with the two HDF5 files of the cat notebook, the files of MNIST, or arrays {@code x_train.npy}, {@code y_train.npy}, ...; or a
     * file {@code .npz} or {@code .h5} with such arrays. By default pictures are drawn, which stay in {@code target/layerc-data}.
     */
    @Parameter(property = "layerc.data")
    private String data;

    /** The engine that trains: {@code vector}, {@code scalar} or {@code interpreter}. By default the class chooses. */
    @Parameter(property = "layerc.engine")
    private String engine;

    /** Number of updates; by default as the spec says. */
    @Parameter(property = "layerc.iterations")
    private String iterations;

    /** Number of sweeps over the training samples; by default as the spec says. Excludes {@code layerc.iterations}. */
    @Parameter(property = "layerc.epochs")
    private String epochs;

    /**
     * What to validate with: a share of the samples, above 0 and below 1, which the training then leaves out, or a
     * file or folder of samples: a table for a network with named columns, else arrays, or an HDF5 file like those of the notebook. By default as the spec says.
     */
    @Parameter(property = "layerc.validation")
    private String validation;

    /**
     * Number of iterations between two checkpoints, {@code training.checkpoint} beside the results. By default only a
     * training that is stopped, by SIGTERM or Ctrl-C, leaves one.
     */
    @Parameter(property = "layerc.checkpointEvery")
    private String checkpointEvery;

    /**
     * File of the model whose parameters the training starts from: that of {@code layerc:import}, {@code target/layerc/<network>/model.h5}, or of an earlier training; relative to the directory in
     * which Maven was started. The optimizer starts anew; columns are transformed as in that model. By default the initializer of the spec draws the parameters.
     */
    @Parameter(property = "layerc.initialModel")
    private String initialModel;

    /** Whether to go on from the checkpoint that there is; learning rate, length and early stopping may be others. */
    @Parameter(property = "layerc.resume", defaultValue = "false")
    private String resume;

    /** Learning rate of every update; by default as the spec says. */
    @Parameter(property = "layerc.learningRate")
    private String learningRate;

    /**
     * Number of iterations between two lines of the history; by default 100, or a 25th of a training of less than 1000
     * iterations.
     */
    @Parameter(property = "layerc.historyEvery")
    private String historyEvery;

    /** {@code false} leaves out {@code report.html}, {@code costs.svg} and the events for TensorBoard. */
    @Parameter(property = "layerc.report", defaultValue = "true")
    private String report;

    @Inject
    public TrainMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "train";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.command.TrainCommand";
    }

    @Override
    List<String> flags(NamedSpec spec) {
        return JvmFlags.training();
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        Property dataProperty = new Property("layerc.data", data);
        if (dataProperty.isSet()) {
            arguments.put("data", resolved(data).toString());
        } else {
            arguments.put("drawnData", buildDirectory().resolve("layerc-data").toString());
        }
        Property engineProperty = new Property("layerc.engine", engine);
        if (engineProperty.isSet()) {
            arguments.put("engine", engineProperty.oneOf(ENGINES));
        }
        putWholeNumber(arguments, "iterations", iterations);
        putWholeNumber(arguments, "epochs", epochs);
        putWholeNumber(arguments, "checkpointEvery", checkpointEvery);
        if (new Property("layerc.initialModel", initialModel).isSet()) {
            arguments.put("initialModel", resolved(initialModel).toString());
        }
        arguments.put("resume", Boolean.toString(new Property("layerc.resume", resume).flag()));
        Property validationProperty = new Property("layerc.validation", validation);
        if (validationProperty.isSet()) {
            boolean isShare = validationProperty.isNumber();
            arguments.put(
                    isShare ? "validation" : "validationData",
                    isShare
                            ? Double.toString(validationProperty.share())
                            : resolved(validation).toString());
        }
        Property rateProperty = new Property("layerc.learningRate", learningRate);
        if (rateProperty.isSet()) {
            arguments.put("learningRate", Double.toString(rateProperty.positiveNumber()));
        }
        putWholeNumber(arguments, "historyEvery", historyEvery);
        arguments.put("report", Boolean.toString(new Property("layerc.report", report).flag()));
        return arguments;
    }

    private static void putWholeNumber(Map<String, String> arguments, String key, String value) {
        Property property = new Property("layerc." + key, value);
        if (property.isSet()) {
            arguments.put(key, Integer.toString(property.wholeNumber(1)));
        }
    }
}
