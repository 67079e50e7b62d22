package io.github.layerc.peers;

import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.exchange.ExportFormat;
import io.github.layerc.exchange.ExportedModel;
import io.github.layerc.exchange.ModelImport;
import io.github.layerc.generation.ImportedSpec;
import io.github.layerc.network.Network;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A network with its parameters as the file of ONNX that {@code layerc:export} writes, but for the checksum of a spec among its metadata. It lies
 * in a folder of its own, which goes when it is closed.
 */
final class ModelFile implements AutoCloseable {
    private final Network network;
    private final Path folder;
    private final Path onnx;

    ModelFile(Network network, float[] parameters) throws IOException {
        this.network = network;
        this.folder = Files.createTempDirectory("layerc-peers");
        this.onnx = folder.resolve(network.name() + ".onnx");
        ExportedModel model = new ExportedModel(network, Floats.widened(parameters), ModelLabels.NONE, "");
        ExportFormat.of("onnx").orElseThrow().write(onnx, model);
    }

    Path onnx() {
        return onnx;
    }

    /** The {@code model.h5} that {@code layerc:import} makes of the file, beside the spec of the network that it finds there. */
    Path imported() {
        ModelImport how = new ModelImport(network.packageName(), network.name(), Optional.empty());
        Path checkpoint = folder.resolve("model.h5");
        ImportedSpec.read(how, onnx, folder).write(checkpoint);
        return checkpoint;
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
