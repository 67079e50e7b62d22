package io.github.layerc.pictures;

import io.github.layerc.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds out in what way a folder holds pictures for a training. */
public final class PictureSources {

    /**
     * One way.
     *
     * @param files what the folder then holds, in words
     * @param isIn whether it does
     */
    private record Way(String files, Predicate<Path> isIn, Function<Path, PictureSource> open) {}

    private static final List<Way> WAYS = List.of(
            new Way(PictureFiles.TRAIN_FILE + " and " + PictureFiles.TEST_FILE, HdfPictures::isIn, HdfPictures::new),
            new Way("<class>/*.jpg, .jpeg, .png or .gif", ClassFolders::isIn, ClassFolders::new),
            new Way("train/<class>/* and test/<class>/*", SplitClassFolders::isIn, SplitClassFolders::new));

    private PictureSources() {}

    /**
     * The source that a folder is.
     *
     * @throws DataException if there is no such folder, or it holds pictures in none of the ways or in several
     */
    public static PictureSource find(Path folder) {
        String expected = WAYS.stream().map(Way::files).collect(Collectors.joining("; or "));
        if (!Files.isDirectory(folder)) {
            throw DataException.of(
                    folder, "no such folder", "a folder with " + expected, Files.exists(folder) ? "a file" : "nothing");
        }
        List<Way> found = WAYS.stream().filter(way -> way.isIn().test(folder)).toList();
        if (found.size() == 1) {
            return found.get(0).open().apply(folder);
        }
        if (found.isEmpty()) {
            throw DataException.of(folder, "no pictures", expected, ClassFolder.listing(folder));
        }
        throw DataException.of(
                folder,
                "pictures in several ways",
                "one of " + expected,
                found.stream().map(Way::files).collect(Collectors.joining(" beside ")));
    }
}
