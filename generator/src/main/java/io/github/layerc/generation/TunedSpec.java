package io.github.layerc.generation;

import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.Options;
import io.github.layerc.schedule.tuned.TunedFile;
import io.github.layerc.schedule.tuned.TunedSchedules;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A spec with the measured schedules that lie beside it.
 *
 * @param text of the file, empty where there is none or it is not to be used
 * @param schedules none where there is no file, or it is not for this spec
 * @param notices why a file is not used, at most one line
 * @param problems with the file
 */
public record TunedSpec(
        NamedSpec spec, String text, TunedSchedules schedules, List<String> notices, List<Problem> problems) {

    /** @param used whether the file is to be used at all */
    public static TunedSpec read(NamedSpec spec, boolean used) throws IOException {
        Path file = TunedFile.beside(spec.file());
        if (!used || !Files.isRegularFile(file)) {
            return new TunedSpec(spec, "", TunedSchedules.NONE, List.of(), List.of());
        }
        String place = sibling(spec.place(), file.getFileName().toString());
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            Problem problem = new Problem(file, place, 0, 0, "expected text in UTF-8");
            return new TunedSpec(spec, "", TunedSchedules.NONE, List.of(), List.of(problem));
        }
        TunedFile.Content content = TunedFile.read(text, spec.network());
        return new TunedSpec(
                spec,
                text,
                content.schedules(),
                content.notice().isEmpty() ? List.of() : List.of(place + ": ignored: " + content.notice()),
                content.errors().stream()
                        .map(error -> new Problem(file, place, error.line(), 0, error.message()))
                        .toList());
    }

    /** @throws io.github.layerc.compiler.CompileException if it cannot be compiled */
    public Compilation compile(Options options) {
        return spec.compile(options.withTuned(schedules));
    }

    private static String sibling(String place, String name) {
        return place.substring(0, place.lastIndexOf('/') + 1) + name;
    }
}
