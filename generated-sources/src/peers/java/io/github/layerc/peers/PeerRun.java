package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import io.github.layerc.benchmark.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The program of a JVM that has one engine on its class path: checks and measures its tasks for one number of threads, and leaves the rows in a
 * file for {@link PeersCommand}.
 */
final class PeerRun {
    private final String engine;
    private final int threads;
    private final PeersSettings settings;
    private final PrintStream log;

    private PeerRun(String engine, int threads, PeersSettings settings, PrintStream log) {
        this.engine = engine;
        this.threads = threads;
        this.settings = settings;
        this.log = log;
    }

    /** Name of the files of a run. */
    static String name(String engine, int threads) {
        return engine + "-" + threads;
    }

    /** Folder of the files of all runs. */
    static Path folder(PeersSettings settings) {
        return settings.output().resolve("peers");
    }

    /** Arguments are the engine, the number of threads, and the settings. Ends the JVM, with 1 and one line where it fails. */
    public static void main(String[] arguments) {
        String engine = arguments[0];
        int threads = Integer.parseInt(arguments[1]);
        PeersSettings settings = PeersSettings.parse(Arrays.copyOfRange(arguments, 2, arguments.length));
        Path file = folder(settings).resolve(name(engine, threads) + ".log");
        int exitCode = 0;
        try (OutputStream out = Files.newOutputStream(file);
                PrintStream log = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            try {
                new PeerRun(engine, threads, settings, log).run();
            } catch (PeersException e) {
                System.err.println("peers: " + e.getMessage());
                exitCode = 1;
            } catch (Exception | LinkageError e) {
                e.printStackTrace(log);
                System.err.println("peers: " + engine + " failed: " + firstLine(e) + ": see " + file);
                exitCode = 1;
            }
        } catch (IOException e) {
            System.err.println("peers: cannot write " + file + ": " + e);
            exitCode = 1;
        }
        // some libraries leave threads behind
        System.exit(exitCode);
    }

    private static String firstLine(Throwable e) {
        return e.toString().lines().findFirst().orElse("");
    }

    private void run() throws Exception {
        List<PeerRow> rows = new ArrayList<>();
        try {
            if (engine.equals(PeerRow.PEAK)) {
                rows.add(peak());
            } else {
                PeerKind kind = PeerKind.of(engine);
                for (Task task : Tasks.of(settings)) {
                    if (task.threads() == threads && kind.takes(task)) {
                        rows.add(row(kind, task));
                    }
                }
            }
        } finally {
            PeerRows.write(folder(settings), name(engine, threads) + ".json", rows);
        }
    }

    private PeerRow row(PeerKind kind, Task task) throws Exception {
        double residual = Agreement.of(kind, task);
        Map<String, String> parameters = Map.of(
                "engine", kind.keyword(),
                "network", task.className(),
                "operation", task.operation().keyword(),
                "batch", Integer.toString(task.batch()),
                "threads", Integer.toString(task.threads()));
        String method = task.operation() == Operation.PREDICT ? "predict" : "trainStep";
        int warmups = kind.warmups() * settings.warmupIterations();
        JmhRun found = JmhRun.of(PeerBenchmark.class, method, parameters, settings, warmups, log);
        System.out.println(task + " with " + kind.keyword() + ": " + Table.time(found.nsPerOp()));
        return new PeerRow(
                task.label(),
                task.operation().keyword(),
                task.batch(),
                kind.engine(),
                kind.form().keyword(),
                kind.precision().keyword(),
                task.threads(),
                found.nsPerOp(),
                found.errorNs(),
                found.bytesPerOp(),
                task.flops() / found.nsPerOp(),
                residual,
                Double.NaN);
    }

    /** The better one of two loops: which it is depends on the number of registers. */
    private PeerRow peak() throws RunnerException {
        PeerRow best = null;
        for (int chains : new int[] {12, 16}) {
            JmhRun found = JmhRun.of(
                    PeakBenchmark.class, "chains" + chains, Map.of(), settings, settings.warmupIterations(), log);
            double gflops = PeakBenchmark.flops(chains) / found.nsPerOp();
            System.out.printf("multiply-adds in %d chains: %.1f GFLOP/s%n", chains, gflops);
            if (best == null || gflops > best.gflops()) {
                best = new PeerRow(
                        "",
                        "",
                        1,
                        PeerRow.PEAK,
                        "",
                        "float",
                        1,
                        found.nsPerOp(),
                        found.errorNs(),
                        found.bytesPerOp(),
                        gflops,
                        Double.NaN,
                        Double.NaN);
            }
        }
        return best;
    }
}
