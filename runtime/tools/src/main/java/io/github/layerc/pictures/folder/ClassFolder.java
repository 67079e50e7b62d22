package io.github.layerc.pictures.folder;

import io.github.layerc.data.DataException;
import io.github.layerc.pictures.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class of pictures: a folder of its name. Links are followed, to pictures and to folders.
 *
 * @param pictures in the order of their names
 * @param others number of files and folders in it that are no pictures by their names, hidden ones among them
 */
public record ClassFolder(Path path, List<Path> pictures, int others) {
    /** Names of what a folder holds that a message lists. */
    private static final int MAX_LISTED = 5;

    /** All classes below a folder and what lies beside them, in the order of names, which gives them their numbers. */
    public record Classes(Path folder, List<ClassFolder> list, int others) {

        public Classes {
            list = List.copyOf(list);
        }

        /** @throws DataException if the folder cannot be read */
        public static Classes read(Path folder) {
            List<ClassFolder> list = new ArrayList<>();
            int others = 0;
            for (Path entry : entries(folder)) {
                if (Files.isDirectory(entry) && !isHidden(entry)) {
                    list.add(ClassFolder.read(entry));
                } else {
                    others++;
                }
            }
            return new Classes(folder, list, others);
        }

        public boolean haveAPicture() {
            return list.stream().anyMatch(each -> !each.pictures().isEmpty());
        }

        public List<String> names() {
            return list.stream().map(ClassFolder::name).toList();
        }

        /** Number of files and folders that are no pictures, beside and in the classes. */
        public int skipped() {
            return others + list.stream().mapToInt(ClassFolder::others).sum();
        }

        /**
         * @throws DataException if there are not two classes, or one has no pictures
         */
        public Classes requireUsable() {
            if (list.size() < 2) {
                throw DataException.of(folder, "too few classes", "two or more folders, one for each class", names());
            }
            for (ClassFolder each : list) {
                if (each.pictures().isEmpty()) {
                    throw DataException.of(
                            each.path(),
                            "class without pictures",
                            ".jpg, .jpeg, .png or .gif files",
                            listing(each.path()));
                }
            }
            return this;
        }
    }

    public ClassFolder {
        pictures = List.copyOf(pictures);
    }

    static ClassFolder read(Path folder) {
        List<Path> entries = entries(folder);
        List<Path> pictures = entries.stream()
                .filter(entry -> Pictures.isNamedAsPicture(entry) && !isHidden(entry) && !Files.isDirectory(entry))
                .toList();
        return new ClassFolder(folder, pictures, entries.size() - pictures.size());
    }

    public String name() {
        return path.getFileName().toString();
    }

    /** Says how many files and folders are not used, where there are any. */
    public static void note(int skipped, Consumer<String> notes) {
        if (skipped > 0) {
            notes.accept("skipped: " + skipped
                    + (skipped == 1 ? " file or folder that is no picture" : " files or folders that are no pictures")
                    + " (.jpg, .jpeg, .png, .gif)");
        }
    }

    /** What a folder holds, in words. */
    public static String listing(Path folder) {
        List<Path> entries = entries(folder);
        if (entries.isEmpty()) {
            return "an empty folder";
        }
        String names = entries.stream()
                .limit(MAX_LISTED)
                .map(entry -> entry.getFileName() + folderMark(entry))
                .collect(Collectors.joining(", "));
        return entries.size() <= MAX_LISTED
                ? names
                : names + String.format(Locale.ROOT, ", ... and %d more", entries.size() - MAX_LISTED);
    }

    private static String folderMark(Path entry) {
        if (!Files.isDirectory(entry)) {
            return "";
        }
        return entries(entry).isEmpty() ? "/ (empty)" : "/";
    }

    static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    /** In the order of their names. */
    public static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw DataException.of(folder, "cannot read this folder", "a readable folder", e);
        }
    }
}
