package io.github.layerc.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces several files of a folder together: the protocol that {@link OutputFolder} describes. The caller holds the {@link FolderLock}.
 *
 * @param step is told of every operation on files before it is done
 */
record FileUnit(Path folder, Step step) {
    /** Written, or done with: of no consequence. */
    static final String STAGED = ".layerc-new";

    /** All files are there: to be completed. */
    static final String COMMITTED = ".layerc-commit";

    /** Completing failed: to be taken back. */
    static final String UNDONE = ".layerc-undo";

    private static final String NEW = "new";
    private static final String OLD = "old";
    /** Empty files with the names of those that were not there before. */
    private static final String ABSENT = "absent";

    /** For tests: stops at an operation. */
    @FunctionalInterface
    interface Step {
        void before(String operation) throws IOException;
    }

    /** Whether a write was interrupted after its commit. */
    boolean isUnfinished() {
        return isFolder(COMMITTED) || isFolder(UNDONE);
    }

    /** Completes what was committed, takes back what was to be, and deletes the rest. */
    void recover() throws IOException {
        delete(folder.resolve(STAGED));
        if (isFolder(UNDONE)) {
            takeBack();
            retire(UNDONE);
        }
        if (isFolder(COMMITTED)) {
            complete();
            retire(COMMITTED);
        }
    }

    /** After an exception all files are as before, or will be after {@link #recover}, unless the exception says otherwise. */
    void replace(Map<String, OutputFolder.Content> files) throws IOException {
        try {
            stage(files);
            move(folder.resolve(STAGED), folder.resolve(COMMITTED));
        } catch (IOException | RuntimeException | Error e) {
            alsoTry(e, () -> delete(folder.resolve(STAGED)));
            throw e;
        }
        try {
            sync(folder);
            complete();
        } catch (IOException | RuntimeException | Error e) {
            alsoTry(e, () -> {
                move(folder.resolve(COMMITTED), folder.resolve(UNDONE));
                takeBack();
                retire(UNDONE);
            });
            throw e;
        }
        try {
            retire(COMMITTED);
        } catch (IOException e) {
            // every file is in its place; what is left is swept at the next start
            return;
        }
    }

    private void stage(Map<String, OutputFolder.Content> files) throws IOException {
        Path staged = folder.resolve(STAGED);
        for (String part : List.of(NEW, OLD, ABSENT)) {
            step.before("make " + part);
            Files.createDirectories(staged.resolve(part));
        }
        for (Map.Entry<String, OutputFolder.Content> file : files.entrySet()) {
            String name = file.getKey();
            OutputFolder.requireReplaceable(folder.resolve(name));
            step.before("write " + name);
            Path written = staged.resolve(NEW).resolve(name);
            file.getValue().writeTo(written);
            sync(written);
        }
        for (String name : files.keySet()) {
            keep(name);
        }
        for (String part : List.of(NEW, OLD, ABSENT)) {
            sync(staged.resolve(part));
        }
        sync(staged);
    }

    /** As a second name for the same file where the file system has such, else as a copy. */
    private void keep(String name) throws IOException {
        Path target = folder.resolve(name);
        OutputFolder.requireReplaceable(target);
        step.before("keep " + name);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(folder.resolve(STAGED).resolve(ABSENT).resolve(name));
            return;
        }
        Path old = folder.resolve(STAGED).resolve(OLD).resolve(name);
        try {
            Files.createLink(old, target);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(target, old, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            if (!Files.isSymbolicLink(old)) {
                sync(old);
            }
        }
    }

    private void complete() throws IOException {
        for (Path file : list(folder.resolve(COMMITTED).resolve(NEW))) {
            move(file, folder.resolve(file.getFileName()));
        }
        sync(folder);
    }

    /** A new file that is still in its part has replaced nothing: its old one is not touched, it may be what cannot be replaced. */
    private void takeBack() throws IOException {
        Path undone = folder.resolve(UNDONE);
        for (Path old : list(undone.resolve(OLD))) {
            if (!isNew(undone, old)) {
                move(old, folder.resolve(old.getFileName()));
            }
        }
        for (Path absent : list(undone.resolve(ABSENT))) {
            step.before("take back " + absent.getFileName());
            if (!isNew(undone, absent)) {
                Files.deleteIfExists(folder.resolve(absent.getFileName()));
            }
            Files.delete(absent);
        }
        sync(folder);
    }

    private static boolean isNew(Path undone, Path file) {
        return Files.exists(undone.resolve(NEW).resolve(file.getFileName()), LinkOption.NOFOLLOW_LINKS);
    }

    /** Under this name nothing in it means anything any more, so it can be deleted one by one. */
    private void retire(String name) throws IOException {
        move(folder.resolve(name), folder.resolve(STAGED));
        sync(folder);
        delete(folder.resolve(STAGED));
    }

    private void move(Path from, Path to) throws IOException {
        step.before("move " + folder.relativize(from));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets a file or the names in a folder reach the disk. */
    private void sync(Path path) throws IOException {
        step.before("sync " + path.getFileName());
        boolean isFolder = Files.isDirectory(path);
        try (FileChannel channel =
                FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders, and keeps their names in order by itself
            if (!isFolder) {
                throw e;
            }
        }
    }

    private void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return deleted(file);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path part, IOException e) throws IOException {
                return deleted(part);
            }

            private FileVisitResult deleted(Path path) throws IOException {
                step.before("delete " + folder.relativize(path));
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The first failure is the one to report. */
    private static void alsoTry(Throwable first, Operation operation) {
        try {
            operation.run();
        } catch (IOException | RuntimeException e) {
            first.addSuppressed(e);
        }
    }

    private interface Operation {
        void run() throws IOException;
    }

    /** A link of this name is not followed: nothing outside of the folder is moved or deleted. */
    private boolean isFolder(String name) {
        return Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> list(Path part) throws IOException {
        if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(part)) {
            return files.sorted().toList();
        }
    }
}
