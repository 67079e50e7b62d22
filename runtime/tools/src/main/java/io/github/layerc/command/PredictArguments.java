package io.github.layerc.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@link PredictCommand}, each {@code key=value}. The spec, which all programs of the goals get, tells this one nothing.
 *
 * @param network name of the generated class, with its package
 * @param input a picture, a folder of pictures, or a file of samples
 * @param dataset name of one of several datasets in the input
 * @param model the checkpoint, where it is not that of the last training
 * @param output folder for the results, and of the last training
 * @param engine {@code vector}, {@code scalar}, {@code interpreter}, or empty for the class's own choice
 */
record PredictArguments(
        String network, Path input, Optional<String> dataset, Optional<Path> model, Path output, String engine) {

    private static final List<String> KEYS =
            List.of("network", "spec", "input", "dataset", "model", "output", "engine");

    /** @throws io.github.layerc.training.TrainingException at the first argument that is not as described above */
    static PredictArguments parse(List<String> arguments) {
        Map<String, String> values = Arguments.parse(arguments, KEYS);
        return new PredictArguments(
                Arguments.required(values, "network", value -> value, Arguments::pathRule),
                Arguments.required(values, "input", Path::of, Arguments::pathRule),
                Optional.ofNullable(values.get("dataset")),
                Arguments.optional(values, "model", Path::of, Arguments::pathRule),
                Arguments.required(values, "output", Path::of, Arguments::pathRule),
                values.getOrDefault("engine", ""));
    }
}
