package io.github.layerc.export;

import io.github.layerc.exchange.ExportFormat;
import io.github.layerc.exchange.ExportedModel;
import io.github.layerc.files.OutputFolder;
import java.nio.file.Path;
import java.util.Map;

/** A file in a format of other tools, named after the network. */
public record FormatExport(ExportFormat format) implements Exporter {
    @Override
    public Map<String, OutputFolder.Content> files(TrainedModel model) {
        if (model.spec().spec().table().isPresent()) {
            throw new IllegalArgumentException(model.spec().place() + ": a file for " + format.keyword()
                    + " takes the inputs of its network, not the columns of a table: expected a spec without columns: network="
                    + model.network().name());
        }
        String name = model.network().name() + format.ending();
        ExportedModel exported = new ExportedModel(
                model.network(),
                model.parameters(),
                model.labels(),
                model.spec().spec().text());
        return Map.of(name, format.content(Path.of(name), exported));
    }
}
