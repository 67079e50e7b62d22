package io.github.layerc.exchange.chain;

import io.github.layerc.data.DataException;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes layers of stages: a product and the activation behind it are a layer, and what is linear goes into the product before or behind it, in double.
 *
 * <pre>
 * Affine, Product, Affine, Curve(relu), Product   -&gt;   layer 1: W', b', relu;  layer 2: W, b, identity
 * </pre>
 *
 * An activation without a product before it becomes a layer whose weights are those of the identity, and what is linear and has no product beside it a layer of its own.
 */
public final class Assembly {
    /** Units of a layer that only passes values on: beyond, its weights would be many and all but the diagonal 0. */
    private static final int MOST_PASSED = 1024;

    private final List<Draft> drafts = new ArrayList<>();
    private Scale scale = Scale.ONE;
    private int width;

    /** What is still to be done with the values of the last draft; null for nothing. */
    private Stage.Affine pending;

    private Assembly(int width) {
        this.width = width;
    }

    /**
     * The network of a chain, with the usual training.
     *
     * @throws DataException if there is no network that computes it
     */
    public static Assembled of(Chain chain, String packageName, String name) {
        try {
            Input input = new Input(chain.inputShape(), Scale.ONE);
            Assembly assembly = new Assembly(input.size());
            chain.stages().forEach(assembly::add);
            assembly.finish();
            return assembly.assembled(chain, packageName, name);
        } catch (IllegalArgumentException e) {
            throw new DataException(chain.place() + ": no network that layerc can make: " + e.getMessage(), e);
        }
    }

    private void add(Stage stage) {
        int after = stage.width(width);
        if (stage instanceof Stage.Scaled scaled) {
            if (drafts.isEmpty() && pending == null && scale.isOne()) {
                scale = scaled.scale();
            } else {
                double[] factor = new double[width];
                Arrays.fill(factor, scaled.scale().factor());
                add(new Stage.Affine(factor, new double[width]));
            }
        } else if (stage instanceof Stage.Product product) {
            add(product);
        } else if (stage instanceof Stage.Affine affine) {
            add(affine);
        } else if (stage instanceof Stage.Curve curve) {
            openDraft().activate(curve.activation());
        } else if (stage instanceof Stage.LayerNorm norm) {
            normalize(norm);
        } else {
            throw new AssertionError("unknown stage: " + stage);
        }
        width = after;
    }

    private void add(Stage.Product product) {
        if (product.weights().length != (long) product.bias().length * width) {
            throw new IllegalArgumentException("weights must be for " + width + " values: length="
                    + product.weights().length + ", units=" + product.bias().length);
        }
        Draft draft = new Draft(product.weights().clone(), product.bias().clone());
        if (pending != null) {
            draft.scaleInputs(pending.factor(), pending.shift());
            pending = null;
        }
        drafts.add(draft);
    }

    private void add(Stage.Affine affine) {
        if (affine.factor().length != width || affine.shift().length != width) {
            throw new IllegalArgumentException(
                    "factors must be for " + width + " values: length=" + affine.factor().length);
        }
        if (pending != null) {
            double[] factor = new double[width];
            double[] shift = new double[width];
            for (int i = 0; i < width; i++) {
                factor[i] = pending.factor()[i] * affine.factor()[i];
                shift[i] = pending.shift()[i] * affine.factor()[i] + affine.shift()[i];
            }
            pending = new Stage.Affine(factor, shift);
        } else if (!drafts.isEmpty() && last().isOpen()) {
            last().scaleOutputs(affine.factor(), affine.shift());
        } else {
            pending = affine;
        }
    }

    private void normalize(Stage.LayerNorm norm) {
        if (drafts.isEmpty() || pending != null || !last().isOpen() || !last().hasNoBias()) {
            throw new IllegalArgumentException("layer_norm must stand behind a product without bias");
        }
        last().normalize(norm);
    }

    private Draft last() {
        return drafts.get(drafts.size() - 1);
    }

    /** The last draft that has no activation yet; makes one where there is none. */
    private Draft openDraft() {
        if (pending == null && !drafts.isEmpty() && last().hasNoActivation()) {
            return last();
        }
        if (width > MOST_PASSED) {
            throw new IllegalArgumentException("more than " + MOST_PASSED
                    + " values meet an activation or a factor without a product beside it: values=" + width);
        }
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        Draft draft = pending == null
                ? Draft.diagonal(ones, new double[width])
                : Draft.diagonal(pending.factor(), pending.shift());
        pending = null;
        drafts.add(draft);
        return draft;
    }

    private void finish() {
        if (pending != null || drafts.isEmpty()) {
            openDraft();
        }
    }

    private Assembled assembled(Chain chain, String packageName, String name) {
        Network.Builder builder = Network.builder(packageName, name)
                .input(new Input(chain.inputShape(), scale))
                .precision(chain.precision());
        drafts.forEach(draft -> draft.addTo(builder));
        builder.loss(lossFor(last().activation()));
        Network network = builder.build();
        double[] parameters = new double[network.parameterCount()];
        for (Layer layer : network.layers()) {
            drafts.get(layer.number() - 1).copyTo(parameters, layer);
        }
        return new Assembled(network, parameters);
    }

    /** A model says nothing of what it was trained for; cross-entropies are what their activations are for. */
    private static Loss lossFor(Activation output) {
        return Stream.of(Loss.BINARY_CROSS_ENTROPY, Loss.CATEGORICAL_CROSS_ENTROPY)
                .filter(loss -> loss.accepts(output))
                .findFirst()
                .orElse(Loss.MEAN_SQUARED_ERROR);
    }
}
