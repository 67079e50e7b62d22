package io.github.layerc.samples;

import io.github.layerc.array.ArrayFormat;
import io.github.layerc.data.DataException;
import io.github.layerc.pictures.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out what an input is: arrays by their content or their name, all others by their name. */
public final class SampleInputs {

    /**
     * One kind of input.
     *
     * @param files what it is, in words
     * @param hasDatasets whether there are datasets in it, of which one can be named
     */
    private record Kind(
            String files,
            Predicate<Path> is,
            boolean hasDatasets,
            BiFunction<Path, Optional<String>, SampleInput> open) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("a folder of pictures", Files::isDirectory, false, (path, dataset) -> new PictureFolder(path)),
            new Kind(
                    ".jpg, .jpeg, .png, .gif",
                    Pictures::isNamedAsPicture,
                    false,
                    (path, dataset) -> new PictureFile(path)),
            new Kind(".h5, .hdf5", path -> is(path, ArrayFormat.HDF5), true, HdfSamples::new),
            new Kind(".csv", path -> endsWith(path, ".csv"), false, (path, dataset) -> new CsvSamples(path)),
            new Kind(
                    ".npy",
                    path -> is(path, ArrayFormat.NPY),
                    false,
                    (path, dataset) -> new ArraySamples(path, ArrayFormat.NPY)),
            new Kind(".npz", path -> is(path, ArrayFormat.NPZ), true, NpzSamples::new),
            new Kind(
                    "IDX",
                    path -> is(path, ArrayFormat.IDX),
                    false,
                    (path, dataset) -> new ArraySamples(path, ArrayFormat.IDX)));

    private SampleInputs() {}

    /**
     * The input that a path is.
     *
     * @param dataset name of one of several in a file
     * @throws DataException if there is nothing, or a file of another kind, or a dataset is named where there are none
     */
    public static SampleInput find(Path path, Optional<String> dataset) {
        String expected = KINDS.stream().map(Kind::files).collect(Collectors.joining(", "));
        if (!Files.exists(path)) {
            throw DataException.of(
                    path, "no such input", expected, Files.isSymbolicLink(path) ? "a link to nothing" : "nothing");
        }
        Kind kind = KINDS.stream()
                .filter(each -> each.is().test(path))
                .findFirst()
                .orElseThrow(() -> DataException.of(path, "unknown kind of input", expected, "a file of another name"));
        if (dataset.isPresent() && !kind.hasDatasets()) {
            String withDatasets =
                    KINDS.stream().filter(Kind::hasDatasets).map(Kind::files).collect(Collectors.joining(", "));
            throw DataException.of(path, "no datasets in this kind of input", withDatasets, "dataset=" + dataset.get());
        }
        return kind.open().apply(path, dataset);
    }

    private static boolean is(Path path, ArrayFormat format) {
        return ArrayFormat.of(path).filter(format::equals).isPresent();
    }

    private static boolean endsWith(Path path, String... ends) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return Stream.of(ends).anyMatch(name::endsWith);
    }
}
