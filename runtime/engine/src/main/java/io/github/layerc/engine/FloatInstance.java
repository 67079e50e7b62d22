package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.check.InstanceState;
import io.github.layerc.engine.check.Sizes;
import io.github.layerc.engine.kernels.FloatBatch;
import io.github.layerc.engine.kernels.FloatPredicting;
import io.github.layerc.engine.step.FloatSamples;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.function.Function;

/**
 * An instance of a network: its parameters, the kernels that run it, and all that does not depend on how they were made - checks, calls split
 * to what the workspace holds, data bound for training. Generated classes and the interpreter stand on it.
 */
public final class FloatInstance implements FloatEngine {
    private final Network network;
    private final String name;
    private final FloatKernels kernels;
    private final FloatPredicting predicting;
    private final float inputScale;

    /** Whether a step takes a mean over its samples. */
    private final boolean together;

    private final InstanceState state;
    private final FloatBatch batch = new FloatBatch();

    /** The training whose step was the last change of the parameters; null after any other change. */
    private FloatTraining owner;

    /** Gradients in the layout of the kernels; made by the first call that asks for gradients. */
    private float[] packedGradients = {};

    /** Parameters in the canonical layout, on their way from double; made by the first call that needs it. */
    private float[] rounded = {};

    /**
     * An instance that has to be given its parameters.
     *
     * @param name of the engine, see {@link Engine#name()}
     */
    public FloatInstance(Network network, String name, FloatKernels kernels) {
        this(
                network,
                name,
                kernels,
                new FloatPredicting(network, kernels),
                InstanceState.withoutParameters(network.name()));
    }

    private FloatInstance(
            Network network, String name, FloatKernels kernels, FloatPredicting predicting, InstanceState state) {
        this.network = network;
        this.name = name;
        this.kernels = kernels;
        this.predicting = predicting;
        this.together = network.batchNorm().isPresent();
        this.inputScale = (float) network.input().scale().factor();
        this.state = state;
    }

    @Override
    public Network network() {
        state.requireOpen();
        return network;
    }

    @Override
    public String name() {
        state.requireOpen();
        return name;
    }

    @Override
    public String schedule() {
        state.requireOpen();
        return kernels.schedule();
    }

    @Override
    public int threads() {
        state.requireOpen();
        return kernels.threads();
    }

    @Override
    public int batch() {
        state.requireOpen();
        return kernels.capacity();
    }

    /**
     * An instance over the parameters of this one.
     *
     * @param kernels makes them over the parameters themselves, which it is given in the layout of these kernels
     * @throws IllegalStateException if this instance has no parameters yet
     */
    public FloatInstance share(Function<float[], FloatKernels> kernels) {
        state.enter();
        try {
            settle();
            FloatKernels others = kernels.apply(this.kernels.parameters());
            return new FloatInstance(
                    network, name, others, predicting.over(others), InstanceState.withParameters(network.name()));
        } finally {
            state.leave();
        }
    }

    /**
     * A number that every change of the parameters raises, in this instance or one that shares them: equal ones mean equal parameters. For those that keep something that was
     * computed of them.
     *
     * @throws IllegalStateException if this instance has no parameters yet
     */
    public int changes() {
        state.enter();
        state.leave();
        return predicting.changes();
    }

    @Override
    public void initialize() {
        state.requireOpen();
        setParametersFromDouble(network.initializer().draw(network));
    }

    @Override
    public float[] parameters() {
        state.enter();
        try {
            settle();
            float[] canonical = new float[network.parameterCount()];
            kernels.unpack(kernels.parameters(), canonical);
            return canonical;
        } finally {
            state.leave();
        }
    }

    @Override
    public void setParameters(float[] parameters) {
        int after = state.enterToChange();
        try {
            requireLength(parameters.length);
            for (int i = 0; i < parameters.length; i++) {
                requireFinite(i, parameters[i], parameters[i]);
            }
            kernels.pack(parameters, parametersToChange());
            after = state.changed();
        } finally {
            state.leave(after);
        }
    }

    @Override
    public double[] parametersAsDouble() {
        float[] canonical = parameters();
        double[] wide = new double[canonical.length];
        for (int i = 0; i < canonical.length; i++) {
            wide[i] = canonical[i];
        }
        return wide;
    }

    @Override
    public void setParametersFromDouble(double[] parameters) {
        int after = state.enterToChange();
        try {
            requireLength(parameters.length);
            if (rounded.length == 0) {
                rounded = new float[parameters.length];
            }
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) parameters[i];
                requireFinite(i, rounded[i], parameters[i]);
            }
            kernels.pack(rounded, parametersToChange());
            after = state.changed();
        } finally {
            state.leave(after);
        }
    }

    @Override
    public void predict(float[] samples, int count, float[] out) {
        state.enter();
        try {
            settle();
            Sizes.requireRows("samples", samples.length, count, network.inputs(), 0);
            Sizes.requireRows("out", out.length, count, network.outputs(), 0);
            int inputs = network.inputs();
            int capacity = kernels.capacity();
            for (int s = 0; s < count; s += capacity) {
                batch.samples(samples, s * inputs, inputs, Math.min(capacity, count - s));
                predicting.kernels().predict(batch, inputScale, out, s * network.outputs());
            }
        } finally {
            batch.clear();
            state.leave();
        }
    }

    @Override
    public double[] predict(Dataset data) {
        state.enter();
        try {
            settle();
            FloatSamples.requireInputs(network, data);
            double[] all = new double[Sizes.array("outputs", data.count(), network.outputs())];
            int room = Math.min(kernels.capacity(), data.count());
            float[] samples = new float[Sizes.array("samples", room, network.inputs())];
            float[] out = new float[room * network.outputs()];
            for (int s = 0; s < data.count(); s += room) {
                int count = Math.min(room, data.count() - s);
                FloatSamples.copy(data, s, count, samples);
                predicting.kernels().predict(batch.samples(samples, 0, network.inputs(), count), inputScale, out, 0);
                for (int i = 0; i < count * network.outputs(); i++) {
                    all[s * network.outputs() + i] = out[i];
                }
            }
            return all;
        } finally {
            batch.clear();
            state.leave();
        }
    }

    @Override
    public double cost(float[] samples, float[] targets, int count) {
        state.enter();
        try {
            settle();
            Sizes.requireRows("samples", samples.length, count, network.inputs(), 1);
            Sizes.requireRows("targets", targets.length, count, network.outputs(), 1);
            double losses = 0;
            for (int s = 0; s < count; s += kernels.capacity()) {
                losses += predicting.kernels().cost(batch(samples, targets, s, count), inputScale);
            }
            return losses / count;
        } finally {
            batch.clear();
            state.leave();
        }
    }

    @Override
    public double gradients(float[] samples, float[] targets, int count, float[] out) {
        state.enter();
        try {
            settle();
            Sizes.requireRows("samples", samples.length, count, network.inputs(), 1);
            Sizes.requireRows("targets", targets.length, count, network.outputs(), 1);
            requireLength(out.length);
            requireTogether(count);
            return addGradients(samples, targets, count, out);
        } finally {
            batch.clear();
            state.leave();
        }
    }

    private double addGradients(float[] samples, float[] targets, int count, float[] out) {
        float[] gradients = packedGradients();
        Arrays.fill(gradients, 0);
        float weight = (float) (1.0 / count);
        double losses = 0;
        for (int s = 0; s < count; s += kernels.capacity()) {
            losses += kernels.gradients(batch(samples, targets, s, count), inputScale, weight, gradients);
        }
        kernels.unpack(gradients, out);
        return losses / count;
    }

    /** @throws IllegalArgumentException if a mean over the samples of a step is asked for that are more than the workspace holds */
    void requireTogether(int samples) {
        if (together && samples > kernels.capacity()) {
            throw new IllegalArgumentException("network " + network.name()
                    + ": batch_norm takes all samples of a step together, expected at most the " + kernels.capacity()
                    + " that the workspace holds: samples=" + samples);
        }
    }

    /** As many of the samples as the workspace holds, from one of them on. */
    private FloatBatch batch(float[] samples, float[] targets, int from, int count) {
        int inputs = network.inputs();
        int part = Math.min(kernels.capacity(), count - from);
        return batch.samples(samples, from * inputs, inputs, part).targets(targets, from * network.outputs());
    }

    @Override
    public Training train(Dataset data, TrainingSettings settings) {
        state.enter();
        try {
            settings.requireFits(Precision.FLOAT);
            settings.requireFits(network.layers());
            network.requireClasses(settings);
            return new FloatTrainings(this, predicting, this::packedGradients).training(data, settings);
        } finally {
            state.leave();
        }
    }

    @Override
    public void close() {
        if (state.close()) {
            kernels.close();
            predicting.close();
        }
    }

    FloatKernels kernels() {
        return kernels;
    }

    /** For what is done with this instance from outside of it: its trainings and their evaluations. */
    InstanceState state() {
        return state;
    }

    /** The network, also while the instance is closed. */
    Network description() {
        return network;
    }

    /**
     * Says that a training is about to change the parameters.
     *
     * @return whether its own step was the last change of them
     */
    boolean claim(FloatTraining training) {
        boolean unchanged = owner == training;
        if (!unchanged) {
            settle();
        }
        owner = training;
        predicting.changed();
        return unchanged;
    }

    /** Says that a training is about to set all parameters: what others had put off is of no use any more. */
    void take(FloatTraining training) {
        owner = training;
        predicting.changed();
    }

    /** Ends what {@link #claim} began, if no other training has claimed the parameters since. */
    void release(FloatTraining training) {
        if (owner == training) {
            settle();
            owner = null;
        }
    }

    /** Says that parameters are about to change that are no training's alone: a forward pass moves what batch normalisation predicts with. */
    void changed() {
        predicting.changed();
    }

    /** Whether a training's own step was the last change of the parameters. */
    boolean owns(FloatTraining training) {
        return owner == training;
    }

    /** To be called before the parameters are read, unless by a training: one in Gram form may have put off the update of some. */
    void settle() {
        if (owner != null) {
            owner.settle();
        }
    }

    /** To be called before the parameters are written, unless by a training. */
    private float[] parametersToChange() {
        owner = null;
        predicting.changed();
        return kernels.parameters();
    }

    /** Room for gradients in the layout of the kernels; every call that uses it begins with what it needs there. */
    private float[] packedGradients() {
        if (packedGradients.length == 0) {
            packedGradients = new float[kernels.parameters().length];
        }
        return packedGradients;
    }

    private void requireLength(int length) {
        if (length != network.parameterCount()) {
            throw new IllegalArgumentException(
                    "network " + network.name() + " has " + network.parameterCount() + " parameters: length=" + length);
        }
    }

    private void requireFinite(int i, float rounded, double parameter) {
        if (!Float.isFinite(rounded)) {
            throw new IllegalArgumentException("network " + network.name() + ": parameters must be "
                    + Precision.FLOAT.finite(parameter) + ": parameters[" + i + "]=" + parameter);
        }
    }
}
