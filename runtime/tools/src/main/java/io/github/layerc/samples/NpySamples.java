package io.github.layerc.samples;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An array that NumPy saved, see {@link NpyArray}, in the shape of samples. */
record NpySamples(Path path) implements SampleInput {

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        NpyArray array = NpyArray.of(path, bytes());
        SampleShape shape = new SampleShape(network);
        int count = shape.count(array.shape());
        if (count < 0) {
            throw DataException.of(
                    path, "wrong shape for network " + network.name(), shape.expected(), array.shapeText());
        }
        if (count == 0) {
            throw DataException.of(path, "no samples", "one or more", array.shapeText());
        }
        int inputs = network.inputs();
        return Samples.rows(
                array.isBytes() ? Dataset.ofBytes(array.bytes(), inputs) : Dataset.of(array.numbers(), inputs),
                List.of());
    }

    private byte[] bytes() {
        if (!Files.isRegularFile(path)) {
            throw DataException.of(path, "not a file", "an array of NumPy", "a device or a pipe");
        }
        try {
            long size = Files.size(path);
            if (size > Integer.MAX_VALUE - 16) {
                throw DataException.of(
                        path, "file is too large", "at most " + (Integer.MAX_VALUE - 16) + " bytes", size);
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw DataException.of(path, "cannot read this file", "an array of NumPy", e);
        }
    }
}
