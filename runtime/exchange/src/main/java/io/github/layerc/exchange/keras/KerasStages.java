package io.github.layerc.exchange.keras;

import com.google.gson.JsonArray;
import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Makes stages of layers, one after the other; knows the shape of a sample between them. */
final class KerasStages {
    /** What does nothing to the values in a prediction. */
    private static final Set<String> PASSING = Set.of(
            "InputLayer",
            "Dropout",
            "SpatialDropout1D",
            "GaussianNoise",
            "GaussianDropout",
            "AlphaDropout",
            "ActivityRegularization",
            "Identity");

    private static final Set<String> ACTIVATIONS = Set.of("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax");

    /** Of a factor {@code 1/255}, the largest numerator that is looked for. */
    private static final int MOST_NUMERATOR = 1000;

    private static final double MOST_DENOMINATOR = 1e9;

    /** Units of a layer whose weights are not there to show that it has so many. */
    private static final int MOST_SKIPPED = 1 << 16;

    private final KerasWeights weights;
    private final List<Stage> stages = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private List<Integer> shape;

    KerasStages(List<Integer> shape, KerasWeights weights) {
        this.shape = shape;
        this.weights = weights;
    }

    List<Stage> stages() {
        return stages;
    }

    List<String> notes() {
        return notes;
    }

    private int width() {
        return Tensor.size(shape);
    }

    /** @throws IllegalArgumentException if it is not supported, or its weights do not fit */
    void add(KerasLayer layer) {
        if (PASSING.contains(layer.className())) {
            return;
        }
        if (ACTIVATIONS.contains(layer.className())) {
            layer.requireLastAxis("axis", shape.size());
            stages.addAll(KerasActivations.ofLayer(layer, width()));
            return;
        }
        switch (layer.className()) {
            case "Dense" -> dense(layer);
            case "BatchNormalization" -> batchNormalization(layer);
            case "LayerNormalization" -> layerNormalization(layer);
            case "Normalization" -> normalization(layer);
            case "Rescaling" -> rescaling(layer);
            case "Flatten" -> flatten(layer);
            case "Reshape" -> reshape(layer);
            default -> throw new IllegalArgumentException("unsupported layer: class_name=" + layer.className());
        }
    }

    /** Takes what comes out of a layer as it must be, where the layer itself is not understood, so that those behind it are. */
    void skip(KerasLayer layer) {
        OptionalInt units = layer.className().equals("Dense") ? layer.count("units") : OptionalInt.empty();
        if (units.isPresent() && units.getAsInt() <= MOST_SKIPPED) {
            shape = List.of(units.getAsInt());
        }
    }

    private void dense(KerasLayer layer) {
        if (shape.size() != 1) {
            throw new IllegalArgumentException("samples must have one axis before a Dense layer: shape=" + shape);
        }
        List<Tensor> found = weights.of(layer);
        int units = (int) layer.number("units", 0);
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1: units=" + units);
        }
        boolean hasBias = layer.flag("use_bias", true);
        requireShapes(
                found, hasBias ? List.of(List.of(width(), units), List.of(units)) : List.of(List.of(width(), units)));
        double[] bias = hasBias ? found.get(1).numbers() : new double[units];
        Tensor kernel = found.get(0);
        stages.add(new Stage.Product(kernel.transposed().numbers(), bias, kernel.type()));
        shape = List.of(units);
        if (layer.has("activation")
                && layer.config().get("activation").isJsonPrimitive()
                && layer.text("activation", "").equals("log_softmax")) {
            logarithms();
        } else {
            stages.addAll(KerasActivations.of(layer, "activation", units));
        }
    }

    private void logarithms() {
        stages.add(new Stage.Curve(Activation.SOFTMAX));
        notes.add("the file gives logarithms of probabilities, the network the probabilities");
    }

    private static void requireShapes(List<Tensor> found, List<List<Integer>> expected) {
        List<List<Integer>> shapes = found.stream().map(Tensor::shape).toList();
        if (!shapes.equals(expected)) {
            throw new IllegalArgumentException("weights must have shapes " + expected + ": shapes=" + shapes);
        }
    }

    private void batchNormalization(KerasLayer layer) {
        layer.requireLastAxis("axis", shape.size());
        int n = channels();
        List<Tensor> found = weights.of(layer);
        boolean isScaled = layer.flag("scale", true);
        boolean isCentered = layer.flag("center", true);
        int at = (isScaled ? 1 : 0) + (isCentered ? 1 : 0);
        requireShapes(found, Collections.nCopies(at + 2, List.of(n)));
        double[] gamma = isScaled ? found.get(0).numbers() : filled(n, 1);
        double[] beta = isCentered ? found.get(isScaled ? 1 : 0).numbers() : new double[n];
        double epsilon = layer.number("epsilon", 0.001);
        double[] factor = new double[n];
        double[] shift = new double[n];
        for (int i = 0; i < n; i++) {
            factor[i] = gamma[i] / Math.sqrt(found.get(at + 1).number(i) + epsilon);
            shift[i] = beta[i] - factor[i] * found.get(at).number(i);
        }
        addAffine(factor, shift);
    }

    /** Sizes of the last axis. */
    private int channels() {
        return shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
    }

    private static double[] filled(int length, double value) {
        double[] all = new double[length];
        Arrays.fill(all, value);
        return all;
    }

    /** Of the values along the last axis, again and again, or of all values alike. */
    private void addAffine(double[] factor, double[] shift) {
        double[] factors = new double[width()];
        double[] shifts = new double[width()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = factor[i % factor.length];
            shifts[i] = shift[i % shift.length];
        }
        stages.add(new Stage.Affine(factors, shifts));
    }

    private void layerNormalization(KerasLayer layer) {
        layer.requireLastAxis("axis", shape.size());
        if (shape.size() != 1 || layer.flag("rms_scaling", false)) {
            throw new IllegalArgumentException("samples must have one axis, and a mean: shape=" + shape);
        }
        boolean isScaled = layer.flag("scale", true);
        boolean isCentered = layer.flag("center", true);
        List<Tensor> found = weights.of(layer);
        requireShapes(found, Collections.nCopies((isScaled ? 1 : 0) + (isCentered ? 1 : 0), List.of(width())));
        double[] gamma = isScaled ? found.get(0).numbers() : filled(width(), 1);
        double[] beta = isCentered ? found.get(isScaled ? 1 : 0).numbers() : new double[width()];
        stages.add(new Stage.LayerNorm(gamma, beta, layer.number("epsilon", 0.001)));
    }

    /** {@code (x - mean) / max(sqrt(variance), 1e-7)}, with numbers of the configuration, or learned ones among the weights. */
    private void normalization(KerasLayer layer) {
        layer.requireLastAxis("axis", shape.size());
        double[] mean = layer.numbers("mean");
        double[] variance = layer.numbers("variance");
        List<Tensor> found = weights.of(layer);
        if (mean.length == 0 && found.size() >= 2) {
            mean = found.get(0).numbers();
            variance = found.get(1).numbers();
        }
        int n = layer.has("axis") || mean.length > 1 ? channels() : 1;
        if ((mean.length != n && mean.length != 1) || variance.length != mean.length) {
            throw new IllegalArgumentException("mean and variance must have a number for each of " + n
                    + " values: length=" + mean.length + ", " + variance.length);
        }
        double[] factor = new double[mean.length];
        double[] shift = new double[mean.length];
        for (int i = 0; i < factor.length; i++) {
            double deviation = Math.max(Math.sqrt(variance[i]), 1e-7);
            boolean inverted = layer.flag("invert", false);
            factor[i] = inverted ? deviation : 1 / deviation;
            shift[i] = inverted ? mean[i] : -mean[i] / deviation;
        }
        addAffine(factor, shift);
    }

    private void rescaling(KerasLayer layer) {
        double[] scale = layer.has("scale") ? layer.numbers("scale") : new double[] {1};
        double[] offset = layer.has("offset") ? layer.numbers("offset") : new double[] {0};
        if (scale.length == 1 && offset.length == 1 && offset[0] == 0) {
            stages.add(new Stage.Scaled(scale(scale[0])));
            return;
        }
        for (int length : new int[] {scale.length, offset.length}) {
            if (length != 1 && length != channels()) {
                throw new IllegalArgumentException("scale and offset must have one number, or one for each of "
                        + channels() + " values: length=" + length);
            }
        }
        addAffine(scale, offset);
    }

    /** As the fraction that it was, if it was one of small numbers. */
    private static Scale scale(double factor) {
        for (int numerator = 1; numerator <= MOST_NUMERATOR; numerator++) {
            double denominator = Math.rint(numerator / factor);
            if (Math.abs(denominator) > 1 && denominator < MOST_DENOMINATOR && numerator / denominator == factor) {
                return new Scale(numerator, denominator);
            }
        }
        return new Scale(factor, 1);
    }

    private void flatten(KerasLayer layer) {
        if (layer.text("data_format", "").equals("channels_first") && shape.size() > 1) {
            throw new IllegalArgumentException("order of the axes must stay: data_format=channels_first");
        }
        shape = List.of(width());
    }

    private void reshape(KerasLayer layer) {
        JsonArray target = layer.config().getAsJsonArray("target_shape");
        List<Integer> sizes = new ArrayList<>();
        target.forEach(size -> sizes.add(size.getAsInt()));
        int open = sizes.indexOf(-1);
        if (open >= 0) {
            sizes.set(open, 1);
            int others = Tensor.size(sizes);
            sizes.set(open, others < 1 ? 0 : width() / others);
        }
        if (sizes.stream().anyMatch(size -> size < 1) || Tensor.size(sizes) != width()) {
            throw new IllegalArgumentException("sizes must be those of " + width() + " values: target_shape=" + target);
        }
        shape = List.copyOf(sizes);
    }
}
