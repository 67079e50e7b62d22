package io.github.layerc.exchange;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.arrays.NamedArrays;
import io.github.layerc.exchange.arrays.Pairing;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the parameters of a network that there is a spec of from a file of arrays with names: safetensors, NPZ. */
public final class ParameterImport {
    private static final List<Format> FORMATS =
            List.of(new Format(".safetensors", NamedArrays::safetensors), new Format(".npz", NamedArrays::npz));

    private ParameterImport() {}

    /** @param ending of the names of its files */
    private record Format(String ending, Function<Path, Map<String, Tensor>> reader) {}

    /** Whether the name of a file is that of one of these formats. */
    public static boolean reads(Path file) {
        return FORMATS.stream().anyMatch(format -> name(file).endsWith(format.ending));
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /**
     * The parameters in the canonical layout, see {@link Pairing} for the names that they must have.
     *
     * @throws DataException if the file cannot be read or is damaged, or an array of the network is missing, not finite, of another shape, or left over
     * @throws io.github.layerc.files.DataErrors if that is so of several arrays
     */
    public static double[] read(Path file, Network network) {
        if (!Files.isRegularFile(file)) {
            String found = Files.exists(file) ? "a folder or a device" : "nothing";
            throw DataException.of(file, "no such file", "parameters", found);
        }
        Format format = FORMATS.stream()
                .filter(each -> name(file).endsWith(each.ending))
                .findFirst()
                .orElseThrow(() -> DataException.of(
                        file,
                        "unknown format",
                        "a name that ends in "
                                + FORMATS.stream().map(Format::ending).collect(Collectors.joining(", ")),
                        file.getFileName()));
        return Pairing.parameters(file, network, format.reader.apply(file));
    }
}
