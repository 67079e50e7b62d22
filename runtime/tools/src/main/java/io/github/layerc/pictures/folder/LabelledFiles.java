package io.github.layerc.pictures.folder;

import io.github.layerc.array.ClassTargets;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.pictures.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files of pictures with the numbers of their classes. */
public final class LabelledFiles {
    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    public void add(Path file, int label) {
        files.add(file);
        labels.add(label);
    }

    public int size() {
        return files.size();
    }

    /**
     * Reads two lists as a set for a network that takes pictures.
     *
     * @param folder for messages
     * @param classes the names of the classes
     * @throws io.github.layerc.data.DataException if the network has not the outputs for so many classes, or a picture cannot be read
     * @throws io.github.layerc.files.DataErrors if more pictures cannot be read
     */
    public static PictureSet pictures(
            Path folder, LabelledFiles train, LabelledFiles test, List<String> classes, Network network) {
        ClassTargets.requireOutputs(folder, classes.size(), network);
        List<Integer> shape = network.input().shape();
        List<Path> all = new ArrayList<>(train.files);
        all.addAll(test.files);
        // in one go, so that all errors are found
        byte[] samples = Pictures.readAll(folder, all, shape);
        int split = train.size() * network.inputs();
        return new PictureSet(
                train.dataset(Arrays.copyOfRange(samples, 0, split), network),
                test.dataset(Arrays.copyOfRange(samples, split, samples.length), network),
                shape.size() == 2 ? List.of(shape.get(0), shape.get(1), 1) : shape,
                classes);
    }

    private Dataset dataset(byte[] samples, Network network) {
        int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
        return Dataset.ofBytes(samples, network.inputs(), numbers, network.outputs());
    }
}
