package io.github.layerc.samples;

import io.github.layerc.data.Dataset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples to predict, as they are stored: the engine scales them.
 *
 * @param names of the samples: a file of a folder, or the number of a row, from 0 on
 * @param data the samples, without targets
 * @param labels numbers of the classes that the samples are known to be of; empty where nothing is known
 * @param notes lines that say what was done with what is there
 */
public record Samples(List<String> names, Dataset data, List<Integer> labels, List<String> notes) {

    public Samples {
        names = List.copyOf(names);
        labels = List.copyOf(labels);
        notes = List.copyOf(notes);
        if (names.size() != data.count() || (!labels.isEmpty() && labels.size() != data.count())) {
            throw new IllegalArgumentException("samples must have a name each, and a label each or none: samples="
                    + data.count() + ", names=" + names.size() + ", labels=" + labels.size());
        }
    }

    /** Samples of a table, whose names are their numbers. */
    static Samples rows(Dataset data, List<Integer> labels) {
        List<String> names =
                IntStream.range(0, data.count()).mapToObj(Integer::toString).toList();
        return new Samples(names, data, labels, List.of());
    }
}
