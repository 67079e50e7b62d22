package io.github.layerc.peers;

import io.github.layerc.benchmark.MachineLock;
import io.github.layerc.data.DataException;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.training.TrainingException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the profile {@code peers} runs: starts a JVM for each engine and number of threads, with no other library on its class path, collects
 * their rows in {@code peers.json} and {@code peers.html}, and prints tables. An engine that fails costs its own rows; the others are still measured, and the program
 * fails at the end. Arguments are {@code key=value}, see {@link PeersSettings}.
 */
final class PeersCommand {
    /** What the threads of the native libraries read when they are loaded. */
    private static final List<String> THREAD_VARIABLES =
            List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS");

    /**
     * The lock is held here. Class paths stay off the command lines, here and there: ONNX Runtime 1.29 ends its process where its command line has
     * more than 4096 bytes.
     */
    private static final List<String> JMH_FLAGS = List.of("-Djmh.ignoreLock=true", "-Djmh.separateClasspathJAR=true");

    private final String[] arguments;
    private final PeersSettings settings;
    private final PrintStream console;
    private final List<PeerRow> rows = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    private PeersCommand(String[] arguments, PrintStream console) {
        this.arguments = arguments.clone();
        this.settings = PeersSettings.parse(arguments);
        this.console = console;
    }

    /** Ends the JVM: with 0, or with 1 and one line that says why. */
    public static void main(String[] arguments) throws InterruptedException {
        int exitCode = 0;
        try {
            new PeersCommand(arguments, System.out).run();
        } catch (IllegalArgumentException | PeersException | TrainingException | DataException | IOException e) {
            System.err.println("peers: " + e.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    private void run() throws IOException, InterruptedException {
        List<Task> tasks = Tasks.of(settings);
        OutputFolder.open(PeerRun.folder(settings));
        console.println("Java " + Runtime.version() + ", " + settings.forks() + " forks, " + settings.iterations()
                + " iterations of " + settings.seconds() + " s");
        tell(tasks);
        try (MachineLock lock = MachineLock.take()) {
            lock.warn(console);
            measure(PeerRow.PEAK, 1, entry -> false);
            for (PeerKind kind : PeerKind.values()) {
                for (int threads : threads(tasks, kind)) {
                    measure(kind.keyword(), threads, kind::owns);
                }
            }
        }
        List<PeerRow> compared = PeerRows.compared(ordered(tasks));
        PeerRows.write(settings.output(), "peers.json", compared);
        PeersPage.write(settings.output(), "peers.html", compared);
        console.print(System.lineSeparator() + PeersTable.of(compared));
        if (settings.sweep()) {
            console.print(System.lineSeparator() + PeersTable.sweep(compared));
        }
        if (!failed.isEmpty()) {
            throw new PeersException("no rows, or not all, of " + String.join(", ", failed) + ": see above");
        }
    }

    /** What a reader of the table has to know of this run. */
    private void tell(List<Task> tasks) {
        tasks.stream()
                .filter(task -> !task.hasGeneratedClass())
                .map(task -> "no rows of generated classes with " + task.threads() + " threads: no class "
                        + task.generatedClass())
                .distinct()
                .forEach(console::println);
        String kernels = System.getenv("OPENBLAS_CORETYPE");
        if (kernels != null) {
            console.println("OPENBLAS_CORETYPE=" + kernels + ": dl4j and smile use these kernels of OpenBLAS");
        }
    }

    private List<Integer> threads(List<Task> tasks, PeerKind kind) {
        return !settings.wantsEngine(kind.keyword())
                ? List.of()
                : tasks.stream()
                        .filter(kind::takes)
                        .map(Task::threads)
                        .distinct()
                        .sorted()
                        .toList();
    }

    private void measure(String engine, int threads, Predicate<String> owned) throws IOException, InterruptedException {
        String name = PeerRun.name(engine, threads);
        Path file = PeerRun.folder(settings).resolve(name + ".json");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(JMH_FLAGS);
        command.addAll(List.of(PeerRun.class.getName(), engine, Integer.toString(threads)));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", classPath(engine, owned));
        THREAD_VARIABLES.forEach(variable -> environment.put(variable, Integer.toString(threads)));
        Process process = builder.start();
        // a build that is stopped takes the JVM with it
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        int exitCode = process.waitFor();
        if (Files.exists(file)) {
            rows.addAll(PeerRows.read(file));
        }
        if (exitCode != 0) {
            failed.add(engine + (threads == 1 ? "" : " with " + threads + " threads"));
        }
    }

    /** The class path of this JVM without the libraries of other engines. */
    private String classPath(String engine, Predicate<String> owned) {
        Stream<String> entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
        String kept = entries.filter(entry -> {
                    String place = entry.replace('\\', '/');
                    boolean library = Stream.of(PeerKind.values()).anyMatch(kind -> kind.owns(place));
                    return !library || owned.test(place);
                })
                .collect(Collectors.joining(File.pathSeparator));
        return engine.equals(PeerKind.SMILE.keyword()) && !settings.smile().isEmpty()
                ? kept + File.pathSeparator + Path.of(settings.smile(), "*")
                : kept;
    }

    /** The peak first; then task by task, the engines in their order. */
    private List<PeerRow> ordered(List<Task> tasks) {
        List<String> order = tasks.stream().map(PeersCommand::key).distinct().toList();
        return rows.stream()
                .sorted(Comparator.comparingInt(row -> order.indexOf(key(row))))
                .toList();
    }

    private static String key(Task task) {
        return task.label() + task.operation().keyword() + task.batch() + "/" + task.threads();
    }

    private static String key(PeerRow row) {
        return row.network() + row.operation() + row.batch() + "/" + row.threads();
    }
}
