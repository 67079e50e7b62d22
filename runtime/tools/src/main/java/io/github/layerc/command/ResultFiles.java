package io.github.layerc.command;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a training leaves in a folder. Together they are of one training: where a model takes the place of another one, what is told of the other has to go. */
public final class ResultFiles {
    static final String HISTORY = "history.csv";
    static final String METRICS = "metrics.json";
    static final String MODEL = "model.h5";

    /** The model that a training found, and that was better than its own, which diverged. */
    static final String PREVIOUS = "model.h5.previous";

    private static final List<String> TOLD_OF_A_MODEL = Stream.of(
                    List.of(HISTORY, METRICS), ReportFiles.NAMES, List.of(Checkpoints.NAME))
            .flatMap(List::stream)
            .toList();

    /** All of them. */
    static final List<String> NAMES =
            Stream.concat(Stream.of(MODEL, PREVIOUS), TOLD_OF_A_MODEL.stream()).toList();

    private ResultFiles() {}

    /**
     * Removes what a training has told of the model that lay in a folder before another one took its place.
     *
     * @return the files that there were
     * @throws DataException if one cannot be removed
     */
    public static List<Path> removeOfEarlierModel(Path folder) {
        List<Path> found = TOLD_OF_A_MODEL.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
        found.forEach(ResultFiles::remove);
        return found;
    }

    /** Removes what is of an earlier training, if it is there. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw DataException.of(file, "cannot remove this file of an earlier training", "a writable folder", e);
        }
    }
}
