package io.github.layerc.samples;

import io.github.layerc.array.NpzFile;
import io.github.layerc.array.SampleShape;
import io.github.layerc.array.StoredArray;
import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An array of a file in the format NPZ: the one that is named, or the only one with the shape of samples. */
record NpzSamples(Path path, Optional<String> dataset) implements SampleInput {

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        try (NpzFile file = NpzFile.open(path)) {
            return ArraySamples.read(dataset.map(file::read).orElseGet(() -> only(file, network)), network);
        }
    }

    private StoredArray only(NpzFile file, Network network) {
        SampleShape shape = new SampleShape(network);
        Map<String, long[]> shapes = file.shapes();
        List<String> fitting = shapes.keySet().stream()
                .filter(name -> shape.count(shapes.get(name)) >= 0)
                .toList();
        if (fitting.isEmpty()) {
            String found = shapes.entrySet().stream()
                    .map(each -> each.getKey() + " " + Arrays.toString(each.getValue()))
                    .collect(Collectors.joining(", "));
            throw DataException.of(
                    path,
                    "no samples for network " + network.name(),
                    "an array of shape " + shape.expected(),
                    found.isEmpty() ? "no arrays" : found);
        }
        if (fitting.size() > 1) {
            throw DataException.of(
                    path, "several arrays of samples", "one, or layerc.dataset to name it", String.join(", ", fitting));
        }
        return file.read(fitting.get(0));
    }
}
