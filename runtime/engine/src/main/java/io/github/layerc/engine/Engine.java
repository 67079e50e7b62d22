package io.github.layerc.engine;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.data.ModelFormat;
import io.github.layerc.data.PredictedClasses;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.nio.file.Path;

/**
 * Executes one network: a generated class or the interpreter. This is the part that does not depend on the precision; {@link FloatEngine} and
 * {@link DoubleEngine} add predictions and parameters in the network's own type.
 *
 * <p>An instance has no parameters at first: everything that needs some throws {@link IllegalStateException} until
 * {@link #initialize()}, {@link #load} or a {@code setParameters} has given them. After {@link #close()} every method
 * but {@code close} does, those too that only describe the instance.
 *
 * <p>An instance owns its parameters and its workspace and belongs to the thread that uses it. A second thread in the same instance gets a {@link
 * java.util.ConcurrentModificationException}, on the same terms as with Java's collections: found nearly always, at next to no cost, and nothing to
 * build on.
 */
public interface Engine extends AutoCloseable {

    Network network();

    /** {@code generated-vector}, {@code generated-scalar} or {@code interpreter}. */
    String name();

    /** The schedule of the kernels in one line. */
    String schedule();

    /** Number of threads that take part in a call where so many pay, the caller's among them. */
    int threads();

    /** Number of samples that the workspace holds; a call with more of them is split. */
    int batch();

    /** Draws the parameters as the network's initializer says. */
    void initialize();

    /** A copy of the parameters in the canonical layout, widened to double where the network is in float: nothing is lost. */
    double[] parametersAsDouble();

    /**
     * Takes parameters in the canonical layout, rounded to the precision of the network.
     *
     * @throws IllegalArgumentException if the length is not the network's {@code parameterCount()}, or a parameter is
     *     not finite, as it is or once it is rounded; the instance keeps those that it has
     */
    void setParametersFromDouble(double[] parameters);

    /**
     * Takes the parameters of a checkpoint: of this network, whatever its loss, training and precision.
     *
     * @throws io.github.layerc.data.DataException if the file is missing or damaged, of another format, or a model of another network, a
     *     parameter of a model in double is no float, there is too little memory for it, or no {@link ModelFormat}; the instance keeps the parameters
     *     that it has
     */
    default void load(Path checkpoint) {
        try {
            setParametersFromDouble(
                    ModelFormat.find(checkpoint, getClass().getClassLoader()).read(checkpoint, network()));
        } catch (IllegalArgumentException e) {
            // a number of a model in double that float does not hold
            throw new DataException(checkpoint + ": " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    checkpoint + ": too little memory for this model: expected room for "
                            + network().parameterCount()
                            + " parameters x 8 bytes: found a heap of at most "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MB, which -Xmx raises",
                    e);
        }
    }

    /**
     * Writes the parameters as a checkpoint, whole or not at all, which {@link #load} of this and of every other engine of the network takes. A file
     * of this name is replaced.
     *
     * @throws io.github.layerc.data.DataException if the file cannot be written, a parameter is not finite, as after a
     *     training that diverged, or there is no {@link ModelFormat}
     */
    default void save(Path checkpoint) {
        ModelFormat.find(checkpoint, getClass().getClassLoader()).write(checkpoint, network(), parametersAsDouble());
    }

    /**
     * Outputs of all samples of a data set, row-major {@code [samples][outputs]}, widened to double. Allocates its result and a buffer.
     * A sample that has values that are not finite is no error: NaN gives NaN.
     *
     * @throws IllegalArgumentException if the samples do not have the network's number of inputs, a value is finite but not in the precision of the
     *     network, or no array is long enough for the outputs
     */
    double[] predict(Dataset data);

    /**
     * The classes of all samples of a data set, from 0 on, by the rule of {@link io.github.layerc.data.OutputClass}; -1 where an output is NaN.
     *
     * @throws IllegalArgumentException as {@link #predict(Dataset)} does
     * @throws IllegalStateException if the outputs are no classes, see {@link io.github.layerc.network.Loss#classifies()}
     */
    default int[] predictClass(Dataset data) {
        PredictedClasses.require(network());
        double[] outputs = predict(data);
        return PredictedClasses.of(network(), data.count(), i -> outputs[i]);
    }

    /**
     * Binds a data set for training as the network says: scales and packs its samples once.
     *
     * @throws IllegalArgumentException if samples or targets do not fit the network or its loss, or are not finite in its precision
     */
    default Training train(Dataset data) {
        return train(data, network().training());
    }

    /**
     * Binds a data set for training.
     *
     * @param settings instead of the network's own. Optimizer, momentum and decay say what a step does; batch and iterations, how many samples and
     *     steps to expect. The learning rate is an argument of the step, and its
     *     schedule for the caller to follow, as {@code Trainer} does.
     * @throws IllegalArgumentException if samples or targets do not fit the network or its loss, or they or the settings are not finite in its
     *     precision
     */
    Training train(Dataset data, TrainingSettings settings);

    /**
     * Ends the instance and its trainings: later calls throw {@link IllegalStateException}. Closing twice has no effect.
     *
     * @throws java.util.ConcurrentModificationException if another thread's call is on its way; the instance then stays open
     */
    @Override
    void close();
}
