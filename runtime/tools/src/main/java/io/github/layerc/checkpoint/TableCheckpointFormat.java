package io.github.layerc.checkpoint;

import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import io.github.layerc.table.TableFormat;
import java.nio.file.Path;

/** {@link CheckpointFormat} for models with a table. Found as a service. */
public final class TableCheckpointFormat implements TableFormat {

    /** For {@link java.util.ServiceLoader}. */
    public TableCheckpointFormat() {}

    /** Finishes a write of the file that was interrupted, if there was one. */
    @Override
    public Fitted readFitted(Path file, Network network, Table table) {
        OutputFolder.finish(file);
        return Checkpoint.readFitted(file, network, table);
    }

    @Override
    public void write(Path file, Network network, double[] parameters, Fitted fitted) {
        Checkpoint.write(file, network, parameters, fitted);
    }
}
