package io.github.layerc.interpreter;

import io.github.layerc.engine.FloatKernels;
import io.github.layerc.engine.kernels.FloatBatch;
import io.github.layerc.engine.kernels.FloatGramBatch;
import io.github.layerc.engine.kernels.FloatGramKernels;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs the layers of a network one after the other, all activations sample-major {@code [samples][units]}. Products are dot products with four
 * accumulators (forward) or additions of scaled rows (gradients); element-wise functions are computed in double and rounded.
 */
final class FloatInterpreter implements FloatKernels, FloatGramKernels {
    /** Inputs of the weight gradient that are taken at a time, so that its rows and that of the sample stay in the caches. */
    private static final int BLOCK = 2048;

    private final Network network;
    private final List<Layer> layers;
    private final FloatOutput output;
    private final int capacity;
    private final float[] parameters;
    private final float[] stepGradients;

    private final FloatActivations[] functions;

    /**
     * Pre-activations where they are read once more, else empty: those of the output layer, from which the cost is
     * computed, since a saturated sigmoid has lost it, and those of a layer whose derivative is a function of them.
     */
    private final float[][] preActivations;

    private final float[][] activations;
    private final float[][] deltas;
    private final FloatMasks[] masks;
    private final FloatNormalization[] normalizations;

    /** What a forward pass is for. */
    private enum Purpose {
        PREDICTION,
        GRADIENTS,
        /** Of which batch normalisation keeps the mean and the variance. */
        STEP;

        boolean trains() {
            return this != PREDICTION;
        }
    }

    FloatInterpreter(Network network, int capacity) {
        network.requireBatch(capacity);
        this.network = network;
        this.layers = network.layers();
        this.output = new FloatOutput(network);
        this.capacity = capacity;
        this.parameters = new float[network.parameterCount()];
        this.stepGradients = new float[network.parameterCount()];
        this.functions = layers.stream().map(FloatActivations::new).toArray(FloatActivations[]::new);
        this.preActivations = new float[layers.size()][];
        this.activations = new float[layers.size()][];
        this.deltas = new float[layers.size()][];
        this.masks =
                layers.stream().map(layer -> new FloatMasks(layer, capacity)).toArray(FloatMasks[]::new);
        this.normalizations = layers.stream()
                .map(layer -> new FloatNormalization(layer, capacity))
                .toArray(FloatNormalization[]::new);
        for (int l = 0; l < layers.size(); l++) {
            int size = Math.multiplyExact(capacity, layers.get(l).units());
            activations[l] = new float[size];
            deltas[l] = new float[size];
            boolean readAgain = l == layers.size() - 1 || functions[l].differentiatedAtZ();
            preActivations[l] = new float[readAgain ? size : 0];
        }
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public int[] places() {
        return layers.stream()
                .flatMapToInt(layer -> IntStream.of(layer.weightsAt(), layer.biasAt()))
                .toArray();
    }

    @Override
    public int[] weightRows() {
        return layers.stream()
                .flatMapToInt(layer -> IntStream.of(layer.weightsAt(), layer.weightCount(), layer.weightCount(), 1))
                .toArray();
    }

    @Override
    public void pack(float[] canonical, float[] packed) {
        System.arraycopy(canonical, 0, packed, 0, canonical.length);
    }

    @Override
    public void unpack(float[] packed, float[] canonical) {
        System.arraycopy(packed, 0, canonical, 0, canonical.length);
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public FloatKernels another() {
        return new FloatInterpreter(network, capacity);
    }

    @Override
    public String schedule() {
        return "forward: dot products, 4 accumulators; gradients: scaled rows, blocks of " + BLOCK + " inputs";
    }

    @Override
    public void predict(FloatBatch batch, float inputScale, float[] out, int outAt) {
        forward(batch, inputScale, Purpose.PREDICTION);
        outputs(batch.count(), out, outAt);
    }

    @Override
    public double cost(FloatBatch batch, float inputScale) {
        forward(batch, inputScale, Purpose.PREDICTION);
        return losses(batch.y(), batch.yAt(), batch.count());
    }

    @Override
    public double gradients(FloatBatch batch, float inputScale, float weight, float[] gradients) {
        return gradients(batch, inputScale, weight, gradients, Purpose.GRADIENTS);
    }

    private double gradients(FloatBatch batch, float inputScale, float weight, float[] gradients, Purpose purpose) {
        int count = batch.count();
        forward(batch, inputScale, purpose);
        double losses = losses(batch.y(), batch.yAt(), count);
        outputDelta(batch.y(), batch.yAt(), count);
        backward(count, batch.maskKey(), batch.maskFrom(), weight, gradients);
        weightGradient(
                layers.get(0),
                deltas[0],
                batch.x(),
                batch.xAt(),
                batch.xStride(),
                count,
                weight * inputScale,
                gradients);
        return losses;
    }

    private double losses(float[] y, int yAt, int count) {
        int last = layers.size() - 1;
        return output.losses(preActivations[last], activations[last], y, yAt, count);
    }

    private void outputDelta(float[] y, int yAt, int count) {
        int last = layers.size() - 1;
        if (output.delta(activations[last], y, yAt, count, deltas[last])) {
            functions[last].timesDerivative(derivativePlace(last), deltas[last], count);
        }
    }

    /** From the delta of the output layer to all others, and all gradients but that of the first layer's weights. */
    private void backward(int count, long maskKey, int maskFrom, float weight, float[] gradients) {
        for (int l = layers.size() - 1; l >= 0; l--) {
            Layer layer = layers.get(l);
            biasGradient(layer, deltas[l], count, weight, gradients);
            if (normalizations[l].applies(true)) {
                normalizations[l].addGradient(deltas[l], count, weight, gradients);
                normalizations[l].backward(deltas[l], count, parameters);
            }
            if (l > 0) {
                float[] in = masks[l - 1].last(activations[l - 1], maskKey);
                weightGradient(layer, deltas[l], in, 0, layer.fanIn(), count, weight, gradients);
                previousDelta(l, count, maskKey, maskFrom);
            }
        }
    }

    @Override
    public double step(FloatBatch batch, float[] into, float factor) {
        if (into != parameters) {
            return gradients(batch, 1, factor, into, Purpose.STEP);
        }
        // the backward pass reads the weights that this changes
        Arrays.fill(stepGradients, 0);
        double losses = gradients(batch, 1, 1, stepGradients, Purpose.STEP);
        addScaled(into, 0, stepGradients, 0, into.length, factor);
        return losses;
    }

    @Override
    public Optional<FloatGramKernels> gram() {
        return Optional.of(this);
    }

    @Override
    public double gramStep(
            FloatGramBatch batch, float[][] deltaRows, float[][] preActivationsInto, float[] into, float factor) {
        int count = batch.count();
        forwardFrom(batch, Purpose.STEP);
        double losses = losses(batch.y(), batch.yAt(), count);
        outputDelta(batch.y(), batch.yAt(), count);
        Layer first = layers.get(0);
        Arrays.fill(stepGradients, first.biasAt(), stepGradients.length, 0);
        backward(count, batch.maskKey(), batch.maskFrom(), 1, stepGradients);
        addScaled(into, first.biasAt(), stepGradients, first.biasAt(), into.length - first.biasAt(), factor);
        int units = first.units();
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < count; s++) {
                float delta = deltas[0][s * units + u];
                deltaRows[u][s] = delta;
                int row = batch.gramAt() + s * batch.gramStride();
                addScaled(preActivationsInto[u], 0, batch.gram(), row, batch.gramStride(), factor * delta);
            }
        }
        return losses;
    }

    @Override
    public void gramPredict(FloatGramBatch batch, float[] out, int outAt) {
        forwardFrom(batch, Purpose.PREDICTION);
        outputs(batch.count(), out, outAt);
    }

    @Override
    public double gramCost(FloatGramBatch batch) {
        forwardFrom(batch, Purpose.PREDICTION);
        return losses(batch.y(), batch.yAt(), batch.count());
    }

    private void outputs(int count, float[] out, int outAt) {
        System.arraycopy(activations[layers.size() - 1], 0, out, outAt, count * network.outputs());
    }

    /** Forward pass from pre-activations of the first layer, without its bias, on. */
    private void forwardFrom(FloatGramBatch batch, Purpose purpose) {
        float[][] preActivations = batch.preActivations();
        int samplesAt = batch.samplesAt();
        int count = batch.count();
        Layer first = layers.get(0);
        int units = first.units();
        for (int s = 0; s < count; s++) {
            for (int u = 0; u < units; u++) {
                activations[0][s * units + u] = preActivations[u][samplesAt + s] + bias(first, u, purpose);
            }
        }
        finish(first, count, purpose);
        forwardBehindFirst(count, batch.maskKey(), batch.maskFrom(), purpose);
    }

    private void forward(FloatBatch batch, float inputScale, Purpose purpose) {
        product(layers.get(0), batch.x(), batch.xAt(), batch.xStride(), batch.count(), inputScale, purpose);
        forwardBehindFirst(batch.count(), batch.maskKey(), batch.maskFrom(), purpose);
    }

    private void forwardBehindFirst(int count, long maskKey, int maskFrom, Purpose purpose) {
        for (int l = 1; l < layers.size(); l++) {
            float[] in = masks[l - 1].of(activations[l - 1], maskKey, maskFrom, count);
            product(layers.get(l), in, 0, layers.get(l).fanIn(), count, 1, purpose);
        }
    }

    /** {@code a = f(scale * in W^T + b)}. */
    private void product(Layer layer, float[] in, int inAt, int inStride, int count, float scale, Purpose purpose) {
        float[] a = activations[layer.number() - 1];
        int units = layer.units();
        for (int s = 0; s < count; s++) {
            int row = inAt + s * inStride;
            for (int u = 0; u < units; u++) {
                float sum = dot(in, row, parameters, layer.weightsAt() + u * layer.fanIn(), layer.fanIn());
                a[s * units + u] = scale * sum + bias(layer, u, purpose);
            }
        }
        finish(layer, count, purpose);
    }

    /** 0 where a normalisation adds it. */
    private float bias(Layer layer, int u, Purpose purpose) {
        return normalizations[layer.number() - 1].applies(purpose.trains()) ? 0 : parameters[layer.biasAt() + u];
    }

    /** From pre-activations, in the place of the activations, to these. */
    private void finish(Layer layer, int count, Purpose purpose) {
        int l = layer.number() - 1;
        if (normalizations[l].applies(purpose.trains())) {
            normalizations[l].forward(activations[l], count, parameters, purpose == Purpose.STEP);
        }
        if (preActivations[l].length > 0) {
            System.arraycopy(activations[l], 0, preActivations[l], 0, count * layer.units());
        }
        functions[l].activate(activations[l], count);
    }

    /** {@code gradients += weight * dz^T in}. */
    private static void weightGradient(
            Layer layer, float[] dz, float[] in, int inAt, int inStride, int count, float weight, float[] gradients) {
        int units = layer.units();
        int fanIn = layer.fanIn();
        for (int block = 0; block < fanIn; block += BLOCK) {
            int length = Math.min(BLOCK, fanIn - block);
            for (int s = 0; s < count; s++) {
                int row = inAt + s * inStride + block;
                for (int u = 0; u < units; u++) {
                    addScaled(
                            gradients,
                            layer.weightsAt() + u * fanIn + block,
                            in,
                            row,
                            length,
                            weight * dz[s * units + u]);
                }
            }
        }
    }

    private static void biasGradient(Layer layer, float[] dz, int count, float weight, float[] gradients) {
        int units = layer.units();
        for (int s = 0; s < count; s++) {
            for (int u = 0; u < units; u++) {
                gradients[layer.biasAt() + u] += weight * dz[s * units + u];
            }
        }
    }

    /** {@code dz} of the layer before layer {@code l}: {@code dz W * f'(a)}, and 0 where its activation was left out. */
    private void previousDelta(int l, int count, long maskKey, int maskFrom) {
        Layer layer = layers.get(l);
        int fanIn = layer.fanIn();
        float[] dz = deltas[l];
        float[] previous = deltas[l - 1];
        Arrays.fill(previous, 0, count * fanIn, 0);
        for (int s = 0; s < count; s++) {
            for (int u = 0; u < layer.units(); u++) {
                addScaled(
                        previous,
                        s * fanIn,
                        parameters,
                        layer.weightsAt() + u * fanIn,
                        fanIn,
                        dz[s * layer.units() + u]);
            }
        }
        masks[l - 1].timesMask(previous, maskKey, maskFrom, count);
        functions[l - 1].timesDerivative(derivativePlace(l - 1), previous, count);
    }

    private float[] derivativePlace(int l) {
        return functions[l].differentiatedAtZ() ? preActivations[l] : activations[l];
    }

    static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            sum0 += a[aAt + i] * b[bAt + i];
            sum1 += a[aAt + i + 1] * b[bAt + i + 1];
            sum2 += a[aAt + i + 2] * b[bAt + i + 2];
            sum3 += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < length; i++) {
            sum0 += a[aAt + i] * b[bAt + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    static void addScaled(float[] out, int outAt, float[] row, int rowAt, int length, float factor) {
        for (int i = 0; i < length; i++) {
            out[outAt + i] += factor * row[rowAt + i];
        }
    }
}
