package io.github.layerc.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A Master and Workers of Spark, each a JVM of its own on this machine, as on any number of machines. */
final class TestCluster implements AutoCloseable {
    /** Property: what an executor has, as Spark writes it. */
    static final String MEMORY = "layerc.spark.executorMemory";

    private final SparkHome home = new SparkHome();
    private final int port = freePort();
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    TestCluster(int count) {
        master = home.start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0");
        await("a master", this::listens);
        for (int i = 0; i < count; i++) {
            workers.add(worker(i));
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private Process worker(int number) {
        return home.start(
                "worker" + number,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "8g",
                "--webui-port",
                "0",
                "--work-dir",
                SparkHome.FOLDER.resolve("work").toString(),
                "spark://127.0.0.1:" + port);
    }

    /** A session whose executors run here; it waits for all of them. */
    SparkSession session() {
        Thread.currentThread().setContextClassLoader(Networks.loader());
        SparkSession session = SparkSession.builder()
                .master("spark://127.0.0.1:" + port)
                .appName("layerc")
                .config("spark.jars", home.job() + "," + Networks.jar())
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.memory", System.getProperty(MEMORY, "512m"))
                .config("spark.speculation", "true")
                .config("spark.task.maxFailures", "16")
                .config("spark.stage.maxConsecutiveAttempts", "16")
                .getOrCreate();
        await("executors", () -> executors(session) == workers.size());
        return session;
    }

    /** Executors that the driver knows. */
    static int executors(SparkSession session) {
        return session.sparkContext().statusTracker().getExecutorInfos().length - 1;
    }

    static void await(String what, BooleanSupplier done) {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("no " + what + " after two minutes: see target/cluster");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** SIGKILL to the executor of a worker, which starts another one. */
    boolean killExecutor(int worker) {
        List<ProcessHandle> executors = workers.get(worker).descendants().toList();
        executors.forEach(ProcessHandle::destroyForcibly);
        return !executors.isEmpty();
    }

    /** SIGKILL to a worker and its executor; then there is another one in its place. */
    void killWorker(int worker) {
        List<ProcessHandle> executors = workers.get(worker).descendants().toList();
        workers.get(worker).destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        workers.set(worker, worker(worker));
    }

    @Override
    public void close() {
        Stream.concat(workers.stream(), Stream.of(master))
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .sorted(Comparator.comparing(ProcessHandle::pid))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}
