package io.github.layerc.export;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.generation.NamedSpec;
import io.github.layerc.generation.Sha256;
import io.github.layerc.network.Network;
import io.github.layerc.table.Fitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A spec, and the parameters that a training has found for it. */
public final class TrainedModel {
    private final NamedSpec spec;
    private final Path file;
    private final String sha256;
    private final double[] parameters;
    private final ModelLabels labels;
    private final Optional<Fitted> fitted;

    private TrainedModel(
            NamedSpec spec,
            Path file,
            String sha256,
            double[] parameters,
            ModelLabels labels,
            Optional<Fitted> fitted) {
        this.spec = spec;
        this.file = file;
        this.sha256 = sha256;
        this.parameters = parameters;
        this.labels = labels;
        this.fitted = fitted;
    }

    /**
     * Reads the parameters, and what was learned of columns.
     *
     * @param file a checkpoint
     * @throws io.github.layerc.data.DataException if it is missing, damaged, or of another network or table
     */
    public static TrainedModel read(NamedSpec spec, Path file) throws IOException {
        double[] parameters = Checkpoint.read(file, spec.network());
        return new TrainedModel(
                spec,
                file,
                Sha256.of(Files.readAllBytes(file)),
                parameters,
                Checkpoint.readLabels(file, spec.network()),
                spec.spec().table().map(table -> Checkpoint.readFitted(file, spec.network(), table)));
    }

    public NamedSpec spec() {
        return spec;
    }

    public Network network() {
        return spec.network();
    }

    /** The checkpoint. */
    public Path file() {
        return file;
    }

    /** Of the bytes of the checkpoint, in hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    /** What the model remembers of its data. */
    public ModelLabels labels() {
        return labels;
    }

    /** The columns of a spec that has some, and what was learned of them. */
    public Optional<Fitted> fitted() {
        return fitted;
    }

    /** A copy, in the canonical layout, of numbers of the network's precision. */
    public double[] parameters() {
        return parameters.clone();
    }
}
