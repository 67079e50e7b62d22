package io.github.layerc.export;

import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.StandaloneClass;
import io.github.layerc.compiler.StandaloneCompiler;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.generation.Sha256;
import io.github.layerc.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A class that stands alone, see {@link StandaloneCompiler}, and the resource with its parameters where there is one.
 *
 * @param options those that the class with the runtime was compiled with, for the same bits
 */
public record JavaExport(Options options, StandaloneCompiler.Request request) implements Exporter {
    @Override
    public Map<String, OutputFolder.Content> files(TrainedModel model) {
        Spec spec = model.spec().spec();
        List<String> origin = List.of(
                "Made of {@code " + spec.fileName() + "}, SHA-256 {@code " + Sha256.of(spec.text()) + "},",
                "and {@code " + model.file().getFileName() + "}, SHA-256 {@code " + model.sha256() + "}.");
        StandaloneClass compiled = StandaloneCompiler.compile(
                model.network(), spec.fileName(), options, request, model.parameters(), model.fitted(), origin);
        String path = compiled.source().path();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                path.substring(path.lastIndexOf('/') + 1),
                compiled.source().text().getBytes(StandardCharsets.UTF_8));
        files.putAll(compiled.resources());
        Map<String, OutputFolder.Content> contents = new LinkedHashMap<>();
        files.forEach((name, bytes) -> contents.put(name, file -> Files.write(file, bytes)));
        return contents;
    }
}
