package io.github.layerc.exchange;

import io.github.layerc.exchange.chain.Chain;
import io.github.layerc.exchange.keras.KerasReader;
import io.github.layerc.exchange.onnx.OnnxReader;
import io.github.layerc.exchange.onnx.graph.GraphReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Files that tell a whole network: its layers and their parameters. To add one: its place in {@link #ALL}.
 *
 * @param endings of the names of its files
 * @param reader throws {@link io.github.layerc.data.DataException} if a file is damaged, or no chain of layers
 */
record ForeignFormat(List<String> endings, Function<Path, Chain> reader) {
    static final List<ForeignFormat> ALL = List.of(
            new ForeignFormat(List.of(".onnx"), file -> GraphReader.read(OnnxReader.read(file))),
            new ForeignFormat(List.of(".keras", ".h5", ".hdf5"), KerasReader::read));

    ForeignFormat {
        endings = List.copyOf(endings);
    }

    /** By the ending of its name. */
    static Optional<ForeignFormat> of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst();
    }

    /** All endings, as words for an error. */
    static String words() {
        return ALL.stream().flatMap(format -> format.endings.stream()).collect(Collectors.joining(", "));
    }
}
