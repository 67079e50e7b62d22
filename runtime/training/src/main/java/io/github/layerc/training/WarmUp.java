package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.engine.step.Rehearsal;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.function.IntFunction;

/**
 * A rehearsal of a training with made-up numbers, on a thread of its own: while a program reads its data, the JVM loads the classes that the training
 * needs and compiles its kernels. Code of the Vector API is some thousand times slower until that has happened, so in a new JVM this is
 * most of what a training in Gram form takes.
 *
 * <pre>{@code
 * WarmUp warmUp = WarmUp.start(CatNet4::create, CatNet4.NETWORK.training());
 * Dataset data = ...                    // takes a while
 * CatNet4 net = CatNet4.create(data.count());
 * net.initialize();
 * try (Training training = net.train(data)) {
 *     warmUp.close();                   // the steps go on with it by themselves
 *     ...
 * }
 * }</pre>
 *
 * <p>It changes nothing in the results of the training. Until it ends it takes a second core, and the memory of an
 * engine for {@value #SAMPLES} samples: parameters and workspace. The direct form is not rehearsed: its steps are long,
 * and soon compiled.
 */
public final class WarmUp implements AutoCloseable {
    /** Enough that the loops look worth unrolling, and few enough that steps are short until they are compiled. */
    private static final int SAMPLES = 64;

    /**
     * More than twice as many as C2 waits for before it takes up a kernel that is called once in a step, with the flags
     * of the goal {@code train}.
     */
    static final int STEPS = 200;

    private final IntFunction<? extends Engine> open;
    private final TrainingSettings settings;
    private int steps;
    private volatile boolean closed;

    WarmUp(IntFunction<? extends Engine> open, TrainingSettings settings) {
        this.open = open;
        this.settings = settings;
    }

    /**
     * Starts.
     *
     * @param open makes an engine for a number of samples, of the class that the training will use; an exception, or a want of memory, ends the rehearsal without a word
     * @param settings of the training that is to follow
     */
    public static WarmUp start(IntFunction<? extends Engine> open, TrainingSettings settings) {
        WarmUp warmUp = new WarmUp(open, settings);
        Thread thread = new Thread(warmUp::run, "layerc-warm-up");
        thread.setDaemon(true);
        thread.start();
        return warmUp;
    }

    /** Lets the rehearsal end with its next step; does not wait for it. */
    @Override
    public void close() {
        closed = true;
    }

    void run() {
        try (Engine engine = open.apply(SAMPLES)) {
            // drawing them would take longer, and the rehearsal makes up its own
            engine.setParametersFromDouble(new double[engine.network().parameterCount()]);
            // with one sample a training is bound at once
            try (Training training = engine.train(oneSample(engine.network()), settings)) {
                if (training instanceof Rehearsal rehearsal) {
                    rehearsal.rehearse(this::next);
                }
            }
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            // what is wrong is for the training to say
            close();
        }
    }

    private boolean next() {
        boolean next = !closed && steps < STEPS;
        steps += next ? 1 : 0;
        return next;
    }

    /** Steps that were rehearsed: for the thread that runs. */
    int steps() {
        return steps;
    }

    private static Dataset oneSample(Network network) {
        return Dataset.ofBytes(new byte[network.inputs()], network.inputs(), new int[1], network.outputs());
    }
}
