package io.github.layerc.command;

import io.github.layerc.checkpoint.TrainingCheckpointFile;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.CheckpointSink;
import io.github.layerc.training.TrainingCheckpoint;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** The checkpoints of a training that {@link TrainCommand} runs: where they lie, and what has to be the same for a training that goes on with one. */
final class Checkpoints implements CheckpointSink {
    /** In the folder of the results. */
    static final String NAME = "training.checkpoint";

    /**
     * The settings that a training may go on without; a checkpoint knows its form, and what a schedule and early
     * stopping have seen.
     */
    static final Set<String> FREE = Set.of("learningRate", "iterations", "epochs", "schedule", "earlyStopping", "form");

    private final Path path;
    private final Network network;
    private final TrainingSettings settings;
    private final Dataset data;
    private final Optional<Dataset> validation;
    private final TrainingCheckpointFile file;

    /** The CRC-32 of the parameters of a model that the training starts from; empty where the initializer draws them. */
    private final String initialModel;

    private Map<String, String> run = Map.of();
    private Optional<Integer> last = Optional.empty();

    /**
     * @param validation samples of a file of their own
     * @param engine with the parameters that the training starts from
     * @param isFromModel whether these are of a model, and not of the initializer
     * @param often whether there will be more than the one of a training that is stopped: then the start is remembered, so that files are small
     */
    Checkpoints(
            Path folder,
            Engine engine,
            TrainingSettings settings,
            Dataset data,
            Optional<Dataset> validation,
            boolean often,
            boolean isFromModel) {
        this.path = folder.resolve(NAME);
        this.network = engine.network();
        this.settings = settings;
        this.data = data;
        this.validation = validation;
        this.initialModel = isFromModel ? checksum(engine.parametersAsDouble()) : "";
        this.file = new TrainingCheckpointFile(
                path, new TrainingCheckpointFile.Start(often ? engine.parametersAsDouble() : new double[0]));
    }

    /** For messages: the last checkpoint that was read or written, if any. */
    String text() {
        return last.map(iterations -> ": the last checkpoint, of " + iterations + " iterations, is " + path)
                .orElse("");
    }

    /** Removes the checkpoint of an earlier training: to go on with that would replace what this one has left. */
    void removeOthers() {
        ResultFiles.remove(path);
    }

    TrainingCheckpoint read() {
        TrainingCheckpoint checkpoint = file.read(run());
        last = Optional.of(checkpoint.iterations());
        return checkpoint;
    }

    /** Twice: the second time, what was compiled or remembered for the first one is there. */
    @Override
    public void prepare(TrainingCheckpoint start) {
        file.rehearse(run(), start);
        file.rehearse(run(), start);
    }

    @Override
    public void take(TrainingCheckpoint checkpoint) {
        file.write(run(), checkpoint);
        last = Optional.of(checkpoint.iterations());
    }

    private Map<String, String> run() {
        if (run.isEmpty()) {
            Map<String, String> texts = new LinkedHashMap<>();
            texts.put("network", network.name());
            texts.put("layers", layers(network));
            texts.put("loss", network.loss().text());
            texts.put("input_scale", network.input().scale().toString());
            texts.put("precision", network.precision().keyword());
            texts.put("initializer", text(network.initializer()));
            if (!initialModel.isEmpty()) {
                texts.put("layerc.initialModel", initialModel);
            }
            for (RecordComponent component : TrainingSettings.class.getRecordComponents()) {
                if (!FREE.contains(component.getName())) {
                    texts.put(component.getName(), text(component, settings));
                }
            }
            validation.ifPresent(samples -> texts.put("validation", text(samples)));
            texts.put("samples", text(data));
            run = texts;
        }
        return run;
    }

    private static String text(RecordComponent component, TrainingSettings settings) {
        try {
            Object value = component.getAccessor().invoke(settings);
            return value instanceof Optional<?> some
                    ? some.map(Object::toString).orElse("none")
                    : value.toString();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a public component of a public record: " + component, e);
        }
    }

    private static String layers(Network network) {
        return network.layers().stream()
                .map(Checkpoints::text)
                .collect(Collectors.joining(", ", network.inputs() + ", ", ""));
    }

    private static String text(Layer layer) {
        return layer.units() + " " + layer.activation().text()
                + layer.normalization().map(some -> " " + some.text()).orElse("")
                + layer.initializer().map(own -> " " + own.text()).orElse("")
                + (layer.dropout() > 0 ? " dropout " + layer.dropout() : "")
                + text(" l1 ", layer.l1())
                + text(" l2 ", layer.l2());
    }

    private static String text(String name, OptionalDouble own) {
        return own.isPresent() ? name + own.getAsDouble() : "";
    }

    private static String text(Initializer initializer) {
        return initializer.kind().text() + ", seed " + initializer.seed();
    }

    private static String text(Dataset samples) {
        return samples.count() + ", CRC-32 " + Long.toHexString(checksum(samples));
    }

    private static String checksum(double[] parameters) {
        CRC32 sum = new CRC32();
        ByteBuffer one = ByteBuffer.allocate(Double.BYTES);
        for (double parameter : parameters) {
            sum.update(one.clear().putDouble(parameter).flip());
        }
        return "parameters with the CRC-32 " + Long.toHexString(sum.getValue());
    }

    /** Of the stored samples and their targets, in double whatever they are stored in. */
    private static long checksum(Dataset data) {
        CRC32 sum = new CRC32();
        ByteBuffer row = ByteBuffer.allocate(Double.BYTES * (data.features() + data.outputs()));
        for (int s = 0; s < data.count(); s++) {
            row.clear();
            for (int i = 0; i < data.features(); i++) {
                row.putDouble(data.sample(s, i));
            }
            for (int u = 0; u < data.outputs(); u++) {
                row.putDouble(data.target(s, u));
            }
            sum.update(row.flip());
        }
        return sum.getValue();
    }
}
