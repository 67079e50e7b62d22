package io.github.layerc.checkpoint;

import io.github.layerc.data.ModelFormat;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import java.nio.file.Path;

/** Checkpoints as engines load and save them: what {@code model.h5} of a training is, too. Found as a service. */
public final class CheckpointFormat implements ModelFormat {

    /** For {@link java.util.ServiceLoader}. */
    public CheckpointFormat() {}

    /** Finishes a write of the file that was interrupted, if there was one. */
    @Override
    public double[] read(Path file, Network network) {
        OutputFolder.finish(file);
        return Checkpoint.read(file, network);
    }

    @Override
    public void write(Path file, Network network, double[] parameters) {
        Checkpoint.write(file, network, parameters);
    }
}
