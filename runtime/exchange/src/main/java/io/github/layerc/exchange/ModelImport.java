package io.github.layerc.exchange;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.chain.Assembled;
import io.github.layerc.exchange.chain.Assembly;
import io.github.layerc.exchange.chain.Chain;
import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.network.Activation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a model of another tool, whose file tells the whole network: layers, activations and parameters.
 *
 * @param packageName of the class that is to be generated, may be empty
 * @param name of that class
 * @param output what the file leaves to its user: the activation behind the last layer, as where a model ends in the logarithms of odds
 */
public record ModelImport(String packageName, String name, Optional<Activation> output) {

    /**
     * The network of a file, and its parameters.
     *
     * @throws DataException if the file cannot be read, is damaged, or holds what is no chain of dense layers
     * @throws io.github.layerc.files.DataErrors if several parts of it are not supported
     */
    public ImportedModel read(Path file) {
        if (!Files.isRegularFile(file)) {
            String found = Files.exists(file) ? "a folder or a device" : "nothing";
            throw DataException.of(file, "no such file", "a model", found);
        }
        ForeignFormat format = ForeignFormat.of(file)
                .orElseThrow(() -> DataException.of(
                        file, "unknown format", "a name that ends in " + ForeignFormat.words(), file.getFileName()));
        return imported(format.reader().apply(file));
    }

    private ImportedModel imported(Chain read) {
        Chain chain = output.map(activation -> behind(read, activation)).orElse(read);
        Assembled assembled = Assembly.of(chain, packageName, name);
        return new ImportedModel(chain, assembled.network(), assembled.parameters());
    }

    private static Chain behind(Chain chain, Activation activation) {
        List<Stage> stages = new ArrayList<>(chain.stages());
        stages.add(new Stage.Curve(activation));
        return new Chain(chain.place(), chain.inputShape(), stages, chain.classes(), chain.notes());
    }
}
