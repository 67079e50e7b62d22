package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One task of one engine; {@link PeerRun} chooses which. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerBenchmark {

    /** An engine that has a task open. */
    @State(Scope.Thread)
    public static class Opened {
        /**
         * So small that even tens of millions of steps leave the parameters where they are: a step costs the same at the end as at the beginning,
         * with no unit dead and no value huge or denormal. It is an ordinary number to the code that multiplies with it.
         */
        private static final double LEARNING_RATE = 1e-9;

        /** As {@link PeerKind} has it. */
        @Param("unset")
        public String engine;

        /** Generated class of the network, for one thread. */
        @Param("unset")
        public String network;

        /** Name of an {@link Operation}. */
        @Param("unset")
        public String operation;

        /** Samples of an operation. */
        @Param("1")
        public int batch;

        /** Threads that the engine may use. */
        @Param("1")
        public int threads;

        private Peer peer;

        @Setup
        public void open() throws Exception {
            Task task = new Task(network, Operation.valueOf(operation.toUpperCase(Locale.ROOT)), batch, threads, false);
            peer = PeerKind.of(engine).open(task, LEARNING_RATE);
        }

        @TearDown
        public void close() {
            peer.close();
        }
    }

    @Benchmark
    public Object predict(Opened opened) throws Exception {
        return opened.peer.predict();
    }

    @Benchmark
    public Object trainStep(Opened opened) throws Exception {
        return opened.peer.trainStep();
    }
}
