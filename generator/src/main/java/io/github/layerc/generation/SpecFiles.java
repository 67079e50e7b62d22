package io.github.layerc.generation;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * The files of a folder that are specs by their names. A link counts as what it leads to; what cannot be visited is a problem, so that a spec
 * is never left out without a word.
 *
 * @param exists whether the folder is there, with or without specs
 * @param files in the order of their paths
 * @param problems with the folder and with links in it
 * @param notices one line for each file that would be a spec if its ending were in lower case
 */
record SpecFiles(boolean exists, List<Path> files, List<Problem> problems, List<String> notices) {
    static final List<String> ENDINGS = List.of(".yaml", ".yml");

    /** @param shownFrom directory that messages name files from */
    static SpecFiles in(Path folder, Path shownFrom) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return new SpecFiles(false, List.of(), List.of(), List.of());
        }
        Visitor visitor = new Visitor(shownFrom);
        if (Files.isRegularFile(folder)) {
            visitor.problem(folder, "expected a folder of specs, found a file");
        } else {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        }
        visitor.files.sort(null);
        return new SpecFiles(true, visitor.files, visitor.problems, visitor.notices);
    }

    /** Relative where the file is below the directory, with slashes on every system. */
    static String place(Path file, Path shownFrom) {
        return (file.startsWith(shownFrom) ? shownFrom.relativize(file) : file)
                .toString()
                .replace('\\', '/');
    }

    /** The ending of a spec that a file has, in this case or another; empty if it has none. */
    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot);
        return ENDINGS.contains(ending.toLowerCase(Locale.ROOT)) ? ending : "";
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path shownFrom;
        private final List<Path> files = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> notices = new ArrayList<>();

        Visitor(Path shownFrom) {
            this.shownFrom = shownFrom;
        }

        void problem(Path file, String message) {
            problems.add(new Problem(file, place(file, shownFrom), 0, 0, message));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String ending = ending(file);
            if (attributes.isSymbolicLink()) {
                // a link whose end could be reached would not be shown as one
                problem(file, "link to nothing: expected a file or a folder: link=" + Files.readSymbolicLink(file));
            } else if (ENDINGS.contains(ending)) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                } else {
                    problem(file, "expected a file, found a device or a pipe");
                }
            } else if (!ending.isEmpty()) {
                notices.add(place(file, shownFrom) + ": not read: expected an ending in lower case, "
                        + String.join(" or ", ENDINGS) + ", found " + ending);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            problem(
                    file,
                    e instanceof FileSystemLoopException
                            ? "link to a folder that it lies in: expected folders without a circle"
                            : "cannot be read: " + e);
            return FileVisitResult.CONTINUE;
        }
    }
}
