package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Form;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;

/**
 * An instance of a network: its parameters, the kernels that run it, and all that does not depend on how they were made - checks, calls split
 * to what the workspace holds, data bound for training. Generated classes and the interpreter stand on it.
 */
public final class FloatInstance implements FloatEngine {
    private final Network network;
    private final String name;
    private final FloatKernels kernels;
    private final float inputScale;

    /** The training whose step was the last change of the parameters; null after any other change. */
    private FloatTraining owner;

    /** Gradients in the layout of the kernels; made by the first call that asks for gradients. */
    private float[] packedGradients = {};

    /** Parameters in the canonical layout, on their way from double; made by the first call that needs it. */
    private float[] rounded = {};

    private boolean closed;

    /** @param name of the engine, see {@link Engine#name()} */
    public FloatInstance(Network network, String name, FloatKernels kernels) {
        this.network = network;
        this.name = name;
        this.kernels = kernels;
        this.inputScale = (float) network.input().scale().factor();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String schedule() {
        return kernels.schedule();
    }

    @Override
    public int threads() {
        return kernels.threads();
    }

    @Override
    public int batch() {
        return kernels.capacity();
    }

    /** The parameters themselves, in the layout of the kernels, for an instance that shares them. */
    public float[] sharedParameters() {
        requireOpen();
        settle();
        return kernels.parameters();
    }

    @Override
    public void initialize() {
        setParametersFromDouble(network.initializer().draw(network));
    }

    @Override
    public float[] parameters() {
        requireOpen();
        settle();
        float[] canonical = new float[network.parameterCount()];
        kernels.unpack(kernels.parameters(), canonical);
        return canonical;
    }

    @Override
    public void setParameters(float[] parameters) {
        requireOpen();
        requireLength(parameters.length);
        kernels.pack(parameters, parametersToChange());
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
        requireOpen();
        requireLength(parameters.length);
        if (rounded.length == 0) {
            rounded = new float[parameters.length];
        }
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) parameters[i];
        }
        kernels.pack(rounded, parametersToChange());
    }

    @Override
    public void predict(float[] samples, int count, float[] out) {
        requireOpen();
        settle();
        requireRows("samples", samples.length, count, network.inputs(), 0);
        requireRows("out", out.length, count, network.outputs(), 0);
        int batch = kernels.capacity();
        for (int s = 0; s < count; s += batch) {
            kernels.predict(
                    samples,
                    s * network.inputs(),
                    network.inputs(),
                    Math.min(batch, count - s),
                    inputScale,
                    out,
                    s * network.outputs());
        }
    }

    @Override
    public double[] predict(Dataset data) {
        requireOpen();
        settle();
        requireInputs(data);
        int batch = Math.min(kernels.capacity(), data.count());
        float[] samples = new float[Math.multiplyExact(batch, network.inputs())];
        float[] out = new float[batch * network.outputs()];
        double[] all = new double[data.count() * network.outputs()];
        for (int s = 0; s < data.count(); s += batch) {
            int count = Math.min(batch, data.count() - s);
            data.copySamples(s, count, Scale.ONE, samples, 0);
            kernels.predict(samples, 0, network.inputs(), count, inputScale, out, 0);
            for (int i = 0; i < count * network.outputs(); i++) {
                all[s * network.outputs() + i] = out[i];
            }
        }
        return all;
    }

    @Override
    public double cost(float[] samples, float[] targets, int count) {
        requireOpen();
        settle();
        requireRows("samples", samples.length, count, network.inputs(), 1);
        requireRows("targets", targets.length, count, network.outputs(), 1);
        int batch = kernels.capacity();
        double losses = 0;
        for (int s = 0; s < count; s += batch) {
            int part = Math.min(batch, count - s);
            losses += kernels.cost(
                    samples, s * network.inputs(), network.inputs(), targets, s * network.outputs(), part, inputScale);
        }
        return losses / count;
    }

    @Override
    public double gradients(float[] samples, float[] targets, int count, float[] out) {
        requireOpen();
        settle();
        requireRows("samples", samples.length, count, network.inputs(), 1);
        requireRows("targets", targets.length, count, network.outputs(), 1);
        requireLength(out.length);
        float[] gradients = packedGradients();
        Arrays.fill(gradients, 0);
        int batch = kernels.capacity();
        float weight = (float) (1.0 / count);
        double losses = 0;
        for (int s = 0; s < count; s += batch) {
            losses += kernels.gradients(
                    samples,
                    s * network.inputs(),
                    network.inputs(),
                    targets,
                    s * network.outputs(),
                    Math.min(batch, count - s),
                    inputScale,
                    weight,
                    gradients);
        }
        kernels.unpack(gradients, out);
        return losses / count;
    }

    @Override
    public Training train(Dataset data, TrainingSettings settings) {
        requireOpen();
        FloatSamples samples = bind(data);
        FormChoice choice =
                FormChoice.of(network, settings, samples.count(), kernels.hasGramForm(), FormChoice::freeHeap);
        return choice.form() == Form.GRAM
                ? new FloatGramTraining(this, samples, settings, choice)
                : new FloatDirectTraining(this, samples, settings, choice);
    }

    /** @throws IllegalArgumentException if samples or targets do not fit the network or its loss */
    FloatSamples bind(Dataset data) {
        requireInputs(data);
        if (data.outputs() != network.outputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.outputs()
                    + " outputs: targets of a sample=" + data.outputs());
        }
        for (int s = 0; s < data.count(); s++) {
            for (int u = 0; u < data.outputs(); u++) {
                if (!network.loss().acceptsTarget(data.target(s, u))) {
                    throw new IllegalArgumentException("sample " + s + ": "
                            + network.loss().keyword() + " takes targets from 0 to 1: target=" + data.target(s, u));
                }
            }
        }
        if (network.loss() == Loss.CATEGORICAL_CROSS_ENTROPY) {
            requireUnitSums(data);
        }
        return new FloatSamples(network, data);
    }

    /** The derivative {@code a - y} holds for targets that add up to 1 only. */
    private static void requireUnitSums(Dataset data) {
        for (int s = 0; s < data.count(); s++) {
            double sum = 0;
            for (int u = 0; u < data.outputs(); u++) {
                sum += data.target(s, u);
            }
            if (Math.abs(sum - 1) > 1e-6) {
                throw new IllegalArgumentException(
                        "sample " + s + ": targets of categorical_cross_entropy must add up to 1: sum=" + sum);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        kernels.close();
    }

    FloatKernels kernels() {
        return kernels;
    }

    /** Samples of a panel, 0 where a step over so many samples has no use for them. */
    int panelWidth(int count) {
        return count <= kernels.capacity() ? kernels.panelWidth() : 0;
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
        return unchanged;
    }

    /** Ends what {@link #claim} began, if no other training has claimed the parameters since. */
    void release(FloatTraining training) {
        if (owner == training) {
            settle();
            owner = null;
        }
    }

    /** Whether a training's own step was the last change of the parameters. */
    boolean owns(FloatTraining training) {
        return owner == training;
    }

    /** To be called before the parameters are read, unless by a training: one in Gram form may have put off the update of some. */
    void settle() {
        if (owner != null && !closed) {
            owner.settle();
        }
    }

    /** To be called before the parameters are written, unless by a training. */
    private float[] parametersToChange() {
        owner = null;
        return kernels.parameters();
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("network " + network.name() + ": this instance was closed");
        }
    }

    /** Room for gradients in the layout of the kernels; every call that uses it begins with what it needs there. */
    float[] packedGradients() {
        if (packedGradients.length == 0) {
            packedGradients = new float[kernels.parameters().length];
        }
        return packedGradients;
    }

    private void requireInputs(Dataset data) {
        if (data.features() != network.inputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.inputs()
                    + " inputs: values of a sample=" + data.features());
        }
    }

    private void requireLength(int length) {
        if (length != network.parameterCount()) {
            throw new IllegalArgumentException(
                    "network " + network.name() + " has " + network.parameterCount() + " parameters: length=" + length);
        }
    }

    private void requireRows(String what, int length, int count, int columns, int least) {
        if (count < least) {
            throw new IllegalArgumentException("count must be at least " + least + ": count=" + count);
        }
        if (length < (long) count * columns) {
            throw new IllegalArgumentException(
                    what + " must hold " + count + " x " + columns + " values: length=" + length);
        }
    }
}
