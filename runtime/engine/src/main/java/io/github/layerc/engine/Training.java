package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.network.Form;

/**
 * A data set bound to an engine. Each step updates the parameters of the engine; the step does not allocate. It belongs to the engine's
 * thread, and ends with it: after its own {@link #close()} or the engine's, every method but {@code close} throws {@link IllegalStateException}.
 *
 * <p>What an optimizer keeps, its slots and the number of its steps, belongs to the training, and starts at 0 with it.
 * Where the parameters of the engine were changed by anything but this training's own steps - set, initialized, loaded,
 * or updated by another training - the next step starts it anew: a velocity that led elsewhere says nothing about the
 * new place. A change through another engine over the same parameters goes unnoticed.
 *
 * <p>In {@linkplain Form#GRAM Gram form} the weights of the first layer are made only when the engine is asked for something that needs them: its
 * parameters, a prediction outside of the training, a gradient. Another instance over the same parameters sees those of the last time.
 *
 * <p>The cost that a step returns is what it minimises: the mean loss, and the penalty where weights decay.
 */
public interface Training extends AutoCloseable {

    /** Number of bound samples. */
    int count();

    /**
     * One update with the gradient of the cost of all samples.
     *
     * @param learningRate finite in the precision of the network
     * @return the cost before the update
     * @throws IllegalArgumentException if the learning rate is not, or, with an optimizer that {@linkplain
     *     io.github.layerc.network.Optimizer#searches() searches}, not positive
     */
    double step(double learningRate);

    /**
     * One update with the gradient of the cost of the samples {@code rows[from] .. rows[to - 1]}. The first step of so many rows, unless they
     * are consecutive or at most the batch of the settings, makes room for them; others do not allocate.
     *
     * @param learningRate finite in the precision of the network
     * @return their cost before the update
     * @throws IllegalArgumentException if the learning rate is not, or the rows fit no array, or are not all samples in their order with an optimizer that searches
     * @throws IndexOutOfBoundsException if the range is empty or outside {@code rows}, or a row is no bound sample
     */
    double step(int[] rows, int from, int to, double learningRate);

    /**
     * The gradient of the cost of the samples {@code rows[from] .. rows[to - 1]}, penalty included. With {@link #apply} behind it this is a step in
     * two parts, between which gradients can be looked at, changed or added to others; what the settings say of clipping is part of {@code apply}; batch
     * normalisation leaves its mean and variance behind here, as in a step. The first call of either allocates, others as {@link
     * #step(int[], int, int, double)} does.
     *
     * @param out takes the gradient, in the canonical layout of the parameters
     * @return their cost
     * @throws IllegalArgumentException if {@code out} has another length than the parameters
     * @throws IllegalStateException in Gram form, whose steps never make those of the first weights
     * @throws IndexOutOfBoundsException if the range is empty or outside {@code rows}, or a row is no bound sample
     */
    double gradients(int[] rows, int from, int to, double[] out);

    /**
     * One update, as the optimizer of the settings does it, with gradients of the caller, clipped as the settings say.
     *
     * @param gradients in the canonical layout, finite in the precision of the network; the penalty is not added to them
     * @param learningRate finite in the precision of the network
     * @throws IllegalArgumentException if there are not as many as parameters, or a number is not finite
     * @throws IllegalStateException in Gram form, and with an optimizer that searches: it needs costs elsewhere, too
     */
    void apply(double[] gradients, double learningRate);

    /** {@link Form#DIRECT} or {@link Form#GRAM}. */
    Form form();

    /** Why it is trained in that form, in a few words for people. */
    String formReason();

    /**
     * Where this training stands, to be {@linkplain #restore restored} later. In Gram form it does not make the weights of the first layer. Allocates.
     *
     * @throws IllegalStateException if the engine has no parameters
     */
    TrainingState state();

    /**
     * Goes on where a training of the same network, data and settings stood, in the same bits: takes the parameters for the engine, and what the optimizer keeps.
     * The data are for the caller to compare.
     *
     * @throws IllegalArgumentException if the state is of another form, or of another network, optimizer or number of samples as far as its arrays tell, or not
     *     finite in the precision of the network; parameters and training stay as they are
     */
    void restore(TrainingState state);

    /**
     * Gives the engine the exponential average of the parameters, {@code a = d a + (1 - d) p} after each step with the {@code averaging} d of the settings, or the
     * parameters of the last step back. The average starts at the parameters before the first step, as that of TensorFlow's {@code ExponentialMovingAverage}; PyTorch's
     * {@code AveragedModel} starts at those after it. There is no correction for that: after {@code t} steps the first ones have the share {@code d^t}.
     *
     * <p>Everything that looks at the parameters of the engine - its predictions, costs, gradients and parameters, and the evaluations of this training - sees the average from
     * then on. A step, {@link #gradients}, {@link #apply} and {@link #state} give those of the last step back before they do anything; other changes of the parameters start the average
     * anew. Where the training is closed with the average in use, the engine keeps it. A {@code Trainer} evaluates averages only, and leaves them. Does not allocate.
     *
     * @param wanted whether the average
     * @throws IllegalStateException if the settings have no averaging
     */
    void useAverage(boolean wanted);

    /**
     * Binds other samples, whose cost and outputs can be asked for between the steps. In Gram form that does not need the weights of the first
     * layer, and so costs next to nothing.
     *
     * @throws IllegalArgumentException if samples or targets do not fit the network or its loss, or are not finite in its precision
     */
    Evaluation evaluate(Dataset data);

    /** Ends the training and its evaluations. Closing twice has no effect. */
    @Override
    void close();
}
