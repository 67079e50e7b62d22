package io.github.layerc.generation;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.data.DataException;
import io.github.layerc.exchange.ImportedModel;
import io.github.layerc.exchange.ModelImport;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.spec.text.SpecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model of another tool that becomes a spec, and a checkpoint with its parameters. Everything is looked at before anything is written: the spec is read as any other, and has to be the
 * network that the model was.
 */
public final class ImportedSpec {
    private final Path file;
    private final ImportedModel model;
    private final Spec spec;

    private ImportedSpec(Path file, ImportedModel model, Spec spec) {
        this.file = file;
        this.model = model;
        this.spec = spec;
    }

    /**
     * Reads a model.
     *
     * @param specs folder of the specs, in which there may be others
     * @throws DataException if the model cannot be read
     * @throws io.github.layerc.files.DataErrors if several parts of it are not supported
     * @throws IllegalArgumentException if the network cannot have this name
     */
    public static ImportedSpec read(ModelImport how, Path model, Path specs) {
        ImportedModel read = how.read(model);
        Path file = specs.resolve(how.name().toLowerCase(Locale.ROOT) + SpecFiles.ENDINGS.get(0));
        Spec spec = spec(file, read.spec(model.getFileName().toString()));
        Network network = spec.network();
        if (!network.layers().equals(read.network().layers())
                || !network.input().equals(read.network().input())) {
            throw new AssertionError("another network was written: " + spec.text());
        }
        return new ImportedSpec(file, read, spec);
    }

    private static Spec spec(Path file, String text) {
        try {
            return SpecReader.read(file.getFileName().toString(), text);
        } catch (SpecException e) {
            // of names that nobody can have; all else is of our own writing
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Where the spec is written. */
    public Path file() {
        return file;
    }

    public Network network() {
        return spec.network();
    }

    /** What somebody who imports it should know, a line each. */
    public List<String> notes() {
        return model.notes();
    }

    /** Whether there is another text in the place of the spec. */
    public boolean replacesAnother() throws IOException {
        return Files.exists(file)
                && !Files.readString(file, StandardCharsets.UTF_8).equals(spec.text());
    }

    /**
     * Writes the checkpoint, then the spec, which would have no model without it.
     *
     * @throws DataException if that fails
     */
    public void write(Path checkpoint) {
        OutputFolder.Content content =
                Checkpoint.content(checkpoint, spec.network(), model.parameters(), spec.text(), 0, model.labels());
        write(checkpoint, content);
        write(file, path -> Files.writeString(path, spec.text()));
    }

    private static void write(Path path, OutputFolder.Content content) {
        String name = path.getFileName().toString();
        OutputFolder.open(path.toAbsolutePath().getParent(), name).write(Map.of(name, content));
    }
}
