package io.github.layerc.exchange.arrays;

import io.github.layerc.array.NpzFile;
import io.github.layerc.array.StoredArray;
import io.github.layerc.data.DataException;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads files of arrays with names. */
public final class NamedArrays {
    private NamedArrays() {}

    /**
     * All tensors of a file in the format safetensors, by their names.
     *
     * @throws DataException if it is damaged or truncated, or has a type that is not read
     */
    public static Map<String, Tensor> safetensors(Path file) {
        return SafetensorsFile.read(file);
    }

    /**
     * All arrays of a file in the format NPZ, by their names.
     *
     * @throws DataException if it is damaged or truncated, or has an array that is not read
     */
    public static Map<String, Tensor> npz(Path file) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        try (NpzFile npz = NpzFile.open(file)) {
            for (String name : npz.names()) {
                all.put(name, tensor(npz.read(name)));
            }
        }
        return all;
    }

    private static Tensor tensor(StoredArray array) {
        array.requireNumbers();
        Element type = Element.ofHdf(array.type()).orElse(Element.INT64);
        List<Integer> shape =
                Arrays.stream(array.shape()).mapToObj(Math::toIntExact).toList();
        double[] values = new double[array.size()];
        Arrays.setAll(values, array::number);
        return Tensor.of(type, shape, values);
    }
}
