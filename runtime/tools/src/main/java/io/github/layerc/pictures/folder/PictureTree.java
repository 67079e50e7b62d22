package io.github.layerc.pictures.folder;

import io.github.layerc.data.DataException;
import io.github.layerc.pictures.Pictures;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * All pictures of a folder and of the folders in it, by their names. Links are followed; what is hidden is skipped.
 *
 * @param pictures in the order of their paths
 * @param skipped number of hidden files and folders, and of files with other names
 */
public record PictureTree(List<Path> pictures, int skipped) {

    public PictureTree {
        pictures = List.copyOf(pictures);
    }

    /** @throws DataException if a folder cannot be read, or a link leads back to a folder that it is in */
    public static PictureTree read(Path folder) {
        Visitor visitor = new Visitor(folder);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            throw DataException.of(folder, "cannot read this folder", "readable folders without circles of links", e);
        }
        Collections.sort(visitor.pictures);
        return new PictureTree(visitor.pictures, visitor.skipped);
    }

    /** Says how many files and folders are not used, where there are any. */
    public void note(Consumer<String> notes) {
        ClassFolder.note(skipped, notes);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> pictures = new ArrayList<>();
        private int skipped;

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && ClassFolder.isHidden(folder)) {
                skipped++;
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Pictures.isNamedAsPicture(file) && !ClassFolder.isHidden(file)) {
                pictures.add(file);
            } else {
                skipped++;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
