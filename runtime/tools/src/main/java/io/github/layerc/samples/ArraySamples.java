package io.github.layerc.samples;

import io.github.layerc.array.ArrayFormat;
import io.github.layerc.array.SampleShape;
import io.github.layerc.array.StoredArray;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.List;

/** A file that holds one array in the shape of samples, in the format NPY or IDX. */
record ArraySamples(Path path, ArrayFormat format) implements SampleInput {

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        return read(format.read(path), network);
    }

    /** @throws io.github.layerc.data.DataException if the shape is none of samples of the network */
    static Samples read(StoredArray array, Network network) {
        new SampleShape(network).requireSamples(array);
        return Samples.rows(array.samples(network.inputs()), List.of());
    }
}
