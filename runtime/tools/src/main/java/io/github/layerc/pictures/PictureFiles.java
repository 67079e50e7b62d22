package io.github.layerc.pictures;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.hdf5.HdfArray;
import io.github.layerc.hdf5.HdfOutput;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.TargetRule;
import io.jhdf.api.DatasetCreationOptions;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cat / non-cat files: a folder with {@code train_catvnoncat.h5} and {@code test_catvnoncat.h5}, each with the datasets
 * {@code train_set_x} (or {@code test_set_x}) of shape {@code (samples, height, width, channels)} and type uint8, {@code train_set_y} of shape
 * {@code (samples)} or {@code (samples, 1)}, integers 0 or 1, and {@code list_classes}, two strings, which one of the files or both can be
 * without: then the names are those of the other file, or 0 and 1. Contiguous, compact and chunked datasets are read, of any byte order, with
 * the filters deflate, shuffle and fletcher32; what was never written is refused, and so is everything else that HDF5 has.
 */
public final class PictureFiles {
    /** The names of the two files. */
    public static final String TRAIN_FILE = "train_catvnoncat.h5";

    public static final String TEST_FILE = "test_catvnoncat.h5";

    /** An attribute of both files: where the pictures are from. */
    static final String ORIGIN = "origin";

    private static final String CLASSES = "list_classes";

    /** Names of the classes where no file has any. */
    private static final List<String> UNNAMED = List.of("0", "1");

    private PictureFiles() {}

    /**
     * Reads both files.
     *
     * @throws DataException if the folder, a file or a dataset is missing, damaged, or not as described above
     */
    public static PictureSet read(Path folder) {
        String both = TRAIN_FILE + " and " + TEST_FILE;
        if (!Files.isDirectory(folder)) {
            throw DataException.of(
                    folder, "no such folder", "a folder with " + both, Files.exists(folder) ? "a file" : "nothing");
        }
        Part train = Part.read(folder.resolve(TRAIN_FILE), "train");
        Part test = Part.read(folder.resolve(TEST_FILE), "test");
        if (!test.shape().equals(train.shape())) {
            throw DataException.of(
                    folder.resolve(TEST_FILE),
                    "test_set_x: pictures must have the size of those in " + TRAIN_FILE,
                    train.shape().toString(),
                    test.shape());
        }
        if (test.classes().isPresent()
                && train.classes().isPresent()
                && !test.classes().equals(train.classes())) {
            throw DataException.of(
                    folder.resolve(TEST_FILE),
                    CLASSES + ": classes must be those of " + TRAIN_FILE,
                    train.classes().get().toString(),
                    test.classes().get());
        }
        List<String> classes = train.classes().or(test::classes).orElse(UNNAMED);
        return new PictureSet(train.samples(), test.samples(), train.shape(), classes);
    }

    /**
     * Writes both files, whole or not at all.
     *
     * @param origin where the pictures are from, an attribute of both files
     * @throws DataException if the folder cannot be written to
     */
    public static void write(Path folder, PictureSet pictures, String origin) {
        Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
        files.put(TRAIN_FILE, file -> write(file, "train", pictures.train(), pictures, origin));
        files.put(TEST_FILE, file -> write(file, "test", pictures.test(), pictures, origin));
        OutputFolder.open(folder).write(files);
    }

    static void write(Path file, String part, Dataset samples, PictureSet pictures, String origin) {
        int height = pictures.shape().get(0);
        int width = pictures.shape().get(1);
        int channels = pictures.shape().get(2);
        byte[][][][] x = new byte[samples.count()][height][width][channels];
        long[] y = new long[samples.count()];
        for (int s = 0; s < samples.count(); s++) {
            y[s] = samples.targetClass(s, TargetRule.SHARES);
            for (int i = 0; i < samples.features(); i++) {
                x[s][i / channels / width][i / channels % width][i % channels] = (byte) samples.sample(s, i);
            }
        }
        HdfOutput.write(file, hdf -> {
            // jhdf writes bytes as int8 unless it is told; a chunk is one write, contiguous data are one for each pixel
            hdf.putDataset(
                    part + "_set_x",
                    x,
                    DatasetCreationOptions.builder()
                            .unsigned()
                            .chunkDimensions(1, height, width, channels)
                            .build());
            hdf.putDataset(part + "_set_y", y);
            hdf.putDataset(CLASSES, pictures.classes().toArray(new String[0]));
            hdf.putAttribute(ORIGIN, origin);
        });
    }

    /**
     * Reads one file by itself, whatever part it holds.
     *
     * @throws DataException if the file or its datasets are missing, damaged, or not as described above
     */
    public static Dataset readSamples(Path file) {
        List<String> parts = List.of("validation", "test", "train");
        String found;
        try (HdfSource source = HdfSource.open(file)) {
            found = parts.stream()
                    .filter(part -> source.has(part + "_set_x"))
                    .findFirst()
                    .orElseThrow(() -> DataException.of(
                            file,
                            "no samples",
                            "a dataset validation_set_x, test_set_x or train_set_x",
                            "none of them"));
        }
        return Part.read(file, found).samples();
    }

    /** One of the files. */
    private record Part(Dataset samples, List<Integer> shape, Optional<List<String>> classes) {

        static Part read(Path file, String part) {
            try (HdfSource source = HdfSource.open(file)) {
                HdfArray x = source.array(part + "_set_x");
                HdfArray y = source.array(part + "_set_y");
                List<Integer> shape = pictureShape(x);
                byte[] samples = x.bytes();
                int[] labels = labels(y, (int) x.shape()[0]);
                Optional<List<String>> classes =
                        source.has(CLASSES) ? Optional.of(classes(source.array(CLASSES))) : Optional.empty();
                int features = samples.length / labels.length;
                return new Part(Dataset.ofBytes(samples, features, labels, 1), shape, classes);
            }
        }

        private static List<Integer> pictureShape(HdfArray x) {
            long[] shape = x.shape();
            if (shape.length != 4) {
                throw x.broken("wrong shape", "(samples, height, width, channels)", x.shapeText());
            }
            for (long axis : shape) {
                if (axis < 1) {
                    throw x.broken("no samples", "axes of at least 1", x.shapeText());
                }
            }
            return List.of((int) shape[1], (int) shape[2], (int) shape[3]);
        }

        private static int[] labels(HdfArray y, int count) {
            long[] shape = y.shape();
            if (shape.length < 1 || shape.length > 2 || (shape.length == 2 && shape[1] != 1)) {
                throw y.broken("wrong shape", "(samples) or (samples, 1)", y.shapeText());
            }
            if (shape[0] != count) {
                throw y.broken("a sample must have one label", count + " labels", shape[0]);
            }
            double[] labels = y.integers();
            int[] classes = new int[count];
            for (int s = 0; s < count; s++) {
                if (labels[s] != 0 && labels[s] != 1) {
                    throw y.broken("unknown class of sample " + s, "0 or 1", new BigDecimal(labels[s]).toBigInteger());
                }
                classes[s] = (int) labels[s];
            }
            return classes;
        }

        private static List<String> classes(HdfArray names) {
            if (names.shape().length != 1 || names.size() != 2) {
                throw names.broken("wrong shape", "(2): a name for each of the labels 0 and 1", names.shapeText());
            }
            return names.strings();
        }
    }
}
