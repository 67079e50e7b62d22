package io.github.layerc.source;

import io.github.layerc.array.ArrayFormat;
import io.github.layerc.array.HdfArrays;
import io.github.layerc.array.IdxFolder;
import io.github.layerc.array.NpyFolder;
import io.github.layerc.array.NpzFile;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.folder.ClassFolder;
import io.github.layerc.rows.RowFiles;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out in what way a path holds samples for a training. */
public final class DataSources {

    /**
     * One way.
     *
     * @param isFolder whether a folder holds them, or a file
     * @param files what the folder then holds, or the file is, in words
     * @param isIn whether it does; asked about an existing path of that kind only
     */
    private record Way(boolean isFolder, String files, Predicate<Path> isIn, Function<Path, DataSource> open) {

        static Way file(ArrayFormat format, String files, Function<Path, DataSource> open) {
            return new Way(
                    false,
                    files,
                    path -> ArrayFormat.of(path).filter(format::equals).isPresent(),
                    open);
        }

        static Way folder(String files, Predicate<Path> isIn, Function<Path, DataSource> open) {
            return new Way(true, files, isIn, open);
        }
    }

    private static final List<Way> WAYS = List.of(
            Way.folder(PictureFiles.TRAIN_FILE + " and " + PictureFiles.TEST_FILE, HdfPictures::isIn, HdfPictures::new),
            Way.folder("<class>/*.jpg, .jpeg, .png or .gif", ClassFolders::isIn, ClassFolders::new),
            Way.folder("train/<class>/* and test/<class>/*", SplitClassFolders::isIn, SplitClassFolders::new),
            Way.folder(
                    "train-images-idx3-ubyte and train-labels-idx1-ubyte, .gz or not",
                    folder -> !new IdxFolder(folder).names().isEmpty(),
                    folder -> new ArraySource(folder, IdxFolder::new)),
            Way.folder(
                    "x_train.npy and y_train.npy, or x.npy and y.npy",
                    folder -> ArrayNames.areIn(new NpyFolder(folder).names()),
                    folder -> new ArraySource(folder, NpyFolder::new)),
            Way.file(ArrayFormat.NPZ, ".npz", path -> new ArraySource(path, NpzFile::open)),
            Way.file(ArrayFormat.HDF5, ".h5, .hdf5", path -> new ArraySource(path, HdfArrays::open)));

    private DataSources() {}

    /**
     * The source that a folder or a file is.
     *
     * @throws DataException if there is nothing, or it holds samples in none of the ways or in several
     */
    static DataSource find(Path path) {
        if (!Files.exists(path)) {
            String found = Files.isSymbolicLink(path) ? "a link to nothing" : "nothing";
            throw DataException.of(path, "no such data", expected(), found);
        }
        boolean isFolder = Files.isDirectory(path);
        List<Way> found = ways(path, isFolder);
        if (found.size() == 1) {
            return found.get(0).open().apply(path);
        }
        if (found.isEmpty()) {
            throw DataException.of(
                    path, "no data for a training", expected(), isFolder ? ClassFolder.listing(path) : file(path));
        }
        throw DataException.of(path, "data in several ways", "one of them", words(found, " beside "));
    }

    private static List<Way> ways(Path path, boolean isFolder) {
        return WAYS.stream()
                .filter(way -> way.isFolder() == isFolder && way.isIn().test(path))
                .toList();
    }

    /**
     * The source that a folder or a file is for a network, which names columns or does not.
     *
     * @param table the columns that it names; empty for others
     * @param learned what a model has learned of other rows of the table, instead of what it would learn of these
     * @param validation share of the training samples that are left out for a validation, 0 for none
     * @throws DataException as above
     */
    public static DataSource find(Path path, Optional<Table> table, Optional<Fitted> learned, double validation) {
        if (table.isEmpty()) {
            return find(path);
        }
        if (!Files.exists(path)) {
            throw DataException.of(
                    path, "no such table", RowFiles.expected() + ", or a folder with train and test", "nothing");
        }
        return new TableSource(path, table.get(), learned, validation);
    }

    /**
     * Samples to validate with, arrays or a file like those of the cat notebook. Of arrays for a training and for a test, those for the training are read.
     *
     * @param classes the names that the training gave to the classes
     * @throws DataException if there is something wrong with the data, or they do not fit the network
     * @throws io.github.layerc.files.DataErrors if there are more things wrong with them
     */
    public static Dataset validation(Path path, List<String> classes, Network network) {
        boolean isFolder = Files.isDirectory(path);
        return ways(path, isFolder).stream()
                .map(way -> way.open().apply(path))
                .flatMap(source -> source instanceof ArraySource arrays ? Stream.of(arrays) : Stream.empty())
                // others are for the reader of the notebook's files, or for it to refuse
                .filter(ArraySource::hasKnownNames)
                .findFirst()
                .map(arrays -> arrays.validation(classes, network))
                .orElseGet(() -> PictureFiles.readSamples(path));
    }

    private static String file(Path path) {
        return RowFiles.find(path).isPresent() ? "a table, for a spec with input.columns" : "another file";
    }

    private static String expected() {
        List<Way> folders = WAYS.stream().filter(Way::isFolder).toList();
        List<Way> files = WAYS.stream().filter(way -> !way.isFolder()).toList();
        return "a folder with " + words(folders, "; or ") + "; or a file " + words(files, ", ");
    }

    private static String words(List<Way> ways, String between) {
        return ways.stream().map(Way::files).collect(Collectors.joining(between));
    }
}
