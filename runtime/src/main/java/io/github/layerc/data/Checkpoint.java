package io.github.layerc.data;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.jhdf.HdfFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parameters of a network in an HDF5 file: datasets {@code W1}, {@code b1}, ... of shapes {@code [units, fan-in]} and {@code [units, 1]}. */
public final class Checkpoint {
    private Checkpoint() {}

    /** The parameters in the canonical layout. */
    public static double[] read(Path file, Network network) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": no such file");
        }
        double[] parameters = new double[network.parameterCount()];
        try (HdfFile hdf = new HdfFile(file)) {
            for (Layer layer : network.layers()) {
                double[] weights =
                        (double[]) hdf.getDatasetByPath("W" + layer.number()).getDataFlat();
                System.arraycopy(weights, 0, parameters, layer.weightsAt(), weights.length);
                double[] bias =
                        (double[]) hdf.getDatasetByPath("b" + layer.number()).getDataFlat();
                System.arraycopy(bias, 0, parameters, layer.biasAt(), bias.length);
            }
        }
        return parameters;
    }
}
