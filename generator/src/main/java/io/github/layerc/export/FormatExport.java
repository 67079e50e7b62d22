package io.github.layerc.export;

import io.github.layerc.exchange.ExportFormat;
import io.github.layerc.exchange.ExportedModel;
import io.github.layerc.files.OutputFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file in a format of other tools, named after the network. */
public record FormatExport(ExportFormat format) implements Exporter {
    @Override
    public Map<String, OutputFolder.Content> files(TrainedModel model) {
        String name = model.network().name() + format.ending();
        ExportedModel exported = new ExportedModel(
                model.network(),
                model.parameters(),
                model.labels(),
                model.fitted(),
                model.spec().spec().text());
        return Map.of(name, format.content(Path.of(name), exported));
    }

    @Override
    public List<String> notices(TrainedModel model) {
        return format.columns() || model.fitted().isEmpty()
                ? List.of()
                : List.of("network " + model.network().name() + ": a file for " + format.keyword()
                        + " takes the inputs of the network: what becomes of named columns before is not in it");
    }
}
