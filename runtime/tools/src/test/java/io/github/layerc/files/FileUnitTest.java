package io.github.layerc.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.ChildJvm;
import io.github.layerc.data.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file holds the number of the run that wrote it; one of them is new with the second run. */
@Tag("long")
final class FileUnitTest {
    private static final List<String> BEFORE = List.of("history.csv", "model.h5");
    private static final List<String> ALL = List.of("history.csv", "metrics.json", "model.h5");

    @TempDir
    private Path temporary;

    @Test
    void leavesOneRunWhereAnyStepFails() throws IOException {
        int failed = 0;
        int steps = steps();
        for (int at = 0; at < steps; at++) {
            Path folder = firstRun("once" + at);
            if (fails(folder, failingAt(at, at + 1))) {
                assertThat(names(folder)).as("step " + at).containsExactlyElementsOf(BEFORE);
                requireOneRun(folder, "1", BEFORE);
                failed++;
            } else {
                OutputFolder.open(folder);
                requireOneRun(folder, "2", ALL);
            }
        }
        assertThat(failed).isPositive();
    }

    /** Also what is to take it back fails then. */
    @Test
    void leavesOneRunWhereAllStepsFailFromOneOn() throws IOException {
        int steps = steps();
        for (int at = 0; at < steps; at++) {
            Path folder = firstRun("on" + at);
            fails(folder, failingAt(at, Integer.MAX_VALUE));
            requireOneRunAfterRecovery(folder, "from step " + at);
        }
    }

    /** A failing move is taken back, and that is interrupted at every step of it. */
    @Test
    void goesOnTakingBack() throws IOException {
        int from = operations(temporary.resolve("trace")).indexOf("move .layerc-commit/new/model.h5");
        for (int at = 1; at < 20; at++) {
            Path folder = firstRun("back" + at);
            int second = from + at;
            int[] step = {0};
            assertThat(fails(folder, operation -> {
                        int now = step[0]++;
                        if (now == from || now >= second) {
                            throw new IOException("injected at " + operation);
                        }
                    }))
                    .isTrue();
            requireOneRunAfterRecovery(folder, "taking back, step " + at);
        }
    }

    @Test
    void leavesOneRunWhereverItIsKilled() throws Exception {
        int killed = 0;
        int old = 0;
        int steps = steps();
        for (int at = 0; at < steps; at++) {
            Path folder = firstRun("killed" + at);
            ChildJvm child = ChildJvm.run(List.of("-Xmx32m"), Killed.class, folder.toString(), String.valueOf(at));
            assertThat(child).isEqualTo(new ChildJvm(Killed.EXIT, ""));
            killed++;
            old += requireOneRunAfterRecovery(folder, "killed at step " + at).equals("1") ? 1 : 0;
        }
        assertThat(old).isBetween(1, killed - 1);
    }

    /** Is killed at a step of the second run. */
    public static final class Killed {
        static final int EXIT = 77;

        private Killed() {}

        public static void main(String[] arguments) {
            int[] step = {Integer.parseInt(arguments[1])};
            new OutputFolder(Path.of(arguments[0])).write(run("2", ALL), operation -> {
                if (step[0]-- == 0) {
                    Runtime.getRuntime().halt(EXIT);
                }
            });
        }
    }

    @Test
    void finishesBeforeAFileIsRead() throws IOException {
        Path folder = firstRun("read");
        int move = operations(temporary.resolve("trace")).indexOf("move .layerc-commit/new/metrics.json");
        assertThat(fails(folder, failingAt(move, Integer.MAX_VALUE))).isTrue();
        assertThat(folder.resolve("history.csv")).hasContent("2");
        assertThat(folder.resolve("model.h5")).hasContent("1");

        OutputFolder.finish(folder.resolve("model.h5"));
        assertThat(folder.resolve("model.h5")).hasContent("2");
        requireOneRun(folder, "2", ALL);
    }

    @Test
    void writesNothingWhereThereIsNothingToFinish() {
        assertThatCode(() -> OutputFolder.finish(Path.of("/proc/self/model.h5")))
                .doesNotThrowAnyException();
        assertThatCode(() -> OutputFolder.finish(Path.of("/"))).doesNotThrowAnyException();
        assertThatCode(() -> OutputFolder.finish(temporary.resolve("none/model.h5")))
                .doesNotThrowAnyException();
    }

    /** Nothing outside is touched. */
    @Test
    void followsNoLinks() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside/new"));
        Files.writeString(outside.resolve("victim"), "outside");
        Path folder = firstRun("links");
        for (String name : List.of(FileUnit.STAGED, FileUnit.UNDONE)) {
            Files.createSymbolicLink(folder.resolve(name), outside.getParent());
        }
        new OutputFolder(folder).write(run("2", ALL));
        assertThat(outside.resolve("victim")).hasContent("outside");
        assertThat(folder.resolve("victim")).doesNotExist();
    }

    @Test
    void waitsForOtherWriters() throws Exception {
        Path folder = firstRun("threads");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                String number = String.valueOf(thread + 2);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        OutputFolder.open(folder).write(run(number, ALL));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        requireOneRun(folder, Files.readString(folder.resolve("model.h5")), ALL);
        assertThat(names(folder)).containsExactlyElementsOf(ALL);
    }

    @Test
    void saysWhoHoldsTheLock() throws IOException {
        FolderLock held = FolderLock.take(temporary, Duration.ZERO);
        assertThatThrownBy(() -> FolderLock.take(temporary, Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessage("another process that has been writing there for 0 s: it holds the lock on "
                        + temporary.resolve(FolderLock.NAME));
        held.close();
        FolderLock.take(temporary, Duration.ZERO).close();
        assertThat(names(temporary)).isEmpty();
    }

    /** Of a process that was killed; the system has released its lock. */
    @Test
    void takesALockFileThatWasLeft() throws IOException {
        try (FileChannel left = FileChannel.open(
                temporary.resolve(FolderLock.NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(left.size()).isZero();
        }
        OutputFolder.open(temporary).write(run("1", ALL));
        requireOneRun(temporary, "1", ALL);
    }

    private String requireOneRunAfterRecovery(Path folder, String when) throws IOException {
        OutputFolder.open(folder);
        String run = Files.readString(folder.resolve("model.h5"));
        requireOneRun(folder, run, run.equals("1") ? BEFORE : ALL);
        assertThat(run).as(when).isIn("1", "2");
        return run;
    }

    private static void requireOneRun(Path folder, String run, List<String> files) throws IOException {
        assertThat(names(folder)).containsExactlyElementsOf(files);
        for (String name : files) {
            assertThat(folder.resolve(name)).hasContent(run);
        }
    }

    private Path firstRun(String name) {
        Path folder = temporary.resolve(name);
        OutputFolder.open(folder).write(run("1", BEFORE));
        return folder;
    }

    private static boolean fails(Path folder, FileUnit.Step step) {
        try {
            new OutputFolder(folder).write(run("2", ALL), step);
            return false;
        } catch (DataException e) {
            assertThat(e).hasMessageContaining("cannot write history.csv, metrics.json, model.h5: ");
            return true;
        }
    }

    private static FileUnit.Step failingAt(int from, int to) {
        int[] step = {0};
        return operation -> {
            int now = step[0]++;
            if (now >= from && now < to) {
                throw new IOException("injected at " + operation);
            }
        };
    }

    private int steps() {
        return operations(temporary.resolve("trace")).size();
    }

    private static List<String> operations(Path folder) {
        List<String> operations = new ArrayList<>();
        for (String name : ALL) {
            folder.resolve(name).toFile().delete();
        }
        OutputFolder.open(folder).write(run("1", BEFORE));
        new OutputFolder(folder).write(run("2", ALL), operations::add);
        return operations;
    }

    private static Map<String, OutputFolder.Content> run(String number, List<String> names) {
        Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
        names.forEach(name -> files.put(name, file -> Files.writeString(file, number)));
        return files;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
