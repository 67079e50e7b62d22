package io.github.layerc.exchange;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.arrays.NpzOutput;
import io.github.layerc.exchange.arrays.SafetensorsOutput;
import io.github.layerc.exchange.keras.KerasWriter;
import io.github.layerc.exchange.onnx.write.OnnxWriter;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A format of other tools that a trained network can be written in. To add one: its place in {@link #ALL}.
 *
 * @param keyword what it is called
 * @param ending of the names of its files, with the dot
 * @param columns whether a file says what becomes of the named columns of a model; others have the network alone
 */
public record ExportFormat(String keyword, String ending, boolean columns, Writer writer) {
    public static final List<ExportFormat> ALL = List.of(
            new ExportFormat("onnx", ".onnx", true, (place, model) -> file -> Files.write(file, onnx(model))),
            new ExportFormat(
                    "npz",
                    ".npz",
                    false,
                    (place, model) -> file -> NpzOutput.write(file, model.network(), model.parameters())),
            new ExportFormat(
                    "safetensors",
                    ".safetensors",
                    false,
                    (place, model) -> file ->
                            SafetensorsOutput.write(file, model.network(), model.parameters(), model.metadata())),
            new ExportFormat(
                    "keras",
                    ".h5",
                    false,
                    (place, model) ->
                            KerasWriter.content(place, model.network(), model.parameters(), model.metadata())),
            new ExportFormat(
                    "dot", ".dot", true, (place, model) -> file -> Files.writeString(file, NetworkPicture.dot(model))));

    private static byte[] onnx(ExportedModel model) {
        List<String> classes = model.labels().classes();
        return OnnxWriter.write(
                model.network(), model.parameters(), classes, model.fitted(), model.version(), model.metadata());
    }

    /** Says what is to be written. */
    @FunctionalInterface
    public interface Writer {
        /**
         * What writes the file; everything that the format has not is found here, before.
         *
         * @param place file for messages
         * @throws DataException if the format has not what the network has
         */
        OutputFolder.Content content(Path place, ExportedModel model);
    }

    public static Optional<ExportFormat> of(String keyword) {
        return ALL.stream().filter(format -> format.keyword.equals(keyword)).findFirst();
    }

    /** All keywords, as words for an error. */
    public static String keywords() {
        return ALL.stream().map(ExportFormat::keyword).collect(Collectors.joining(", "));
    }

    /**
     * What is to be written, to be written together with other files.
     *
     * @param place file for messages
     * @throws DataException if a parameter is not finite, or what stands for a missing value is not in the precision, or the format has not what the network has
     */
    public OutputFolder.Content content(Path place, ExportedModel model) {
        requireFinite(place, model);
        if (columns) {
            requireFits(place, model);
        }
        return writer.content(place, model);
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @throws DataException as above, or if it cannot be written
     */
    public void write(Path file, ExportedModel model) {
        Path absolute = file.toAbsolutePath();
        if (absolute.getFileName() == null) {
            throw DataException.of(file, "cannot write this file", "a file or nothing of this name", "a folder");
        }
        OutputFolder.Content content = content(file, model);
        String name = absolute.getFileName().toString();
        OutputFolder.open(absolute.getParent(), name).write(Map.of(name, content));
    }

    private static void requireFits(Path place, ExportedModel model) {
        try {
            model.fitted().ifPresent(some -> some.requireFits(model.network().precision()));
        } catch (IllegalArgumentException e) {
            throw new DataException(place + ": " + e.getMessage(), e);
        }
    }

    private static void requireFinite(Path place, ExportedModel model) {
        double[] parameters = model.parameters();
        for (Layer layer : model.network().layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                for (int i = each.at(); i < each.end(); i++) {
                    if (!Double.isFinite(parameters[i])) {
                        int row = (i - each.at()) / each.columns();
                        String element = each.name() + "[" + row + ", " + (i - each.at()) % each.columns() + "]";
                        throw DataException.of(
                                place, "parameters must be finite", "a finite " + element, parameters[i]);
                    }
                }
            }
        }
    }
}
