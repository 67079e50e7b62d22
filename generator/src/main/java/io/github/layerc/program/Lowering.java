package io.github.layerc.program;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.random.Dropout;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Drop;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.GammaGradient;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Normalize;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import io.github.layerc.program.op.Return;
import io.github.layerc.program.op.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Network to program: the mathematics of each entry point, written out one operation at a time, with nothing left out and nothing merged.
 *
 * <pre>
 * forward    z1 = x W1^T;  z1 = z1 + b1;  a1 = f(z1);  a1 = dropout(a1), in training;  ...
 *            n1 = x W1^T;  n1 = batch_norm(n1);  z1 = gamma1 n1 + b1;  ..., where it is normalised
 * backward   da_L = loss'(a_L, y);  dz_L = da_L * f'(a_L);  dW_L = dz_L^T a_L-1;  db_L = sum of dz_L;  da_L-1 = dz_L W_L;  ...
 *            dn_1 = batch_norm'(dz_1, n_1) * gamma_1;  dW_1 = dn_1^T x;  db_1 = sum of dz_1;  dgamma_1 = sum of dz_1 n_1
 * update     into[W1] += factor * dW1;  into[b1] += factor * db1;  ...
 * </pre>
 *
 * <p>{@code into} are the parameters, the factor minus the learning rate by the number of samples, for gradient descent; else gradients, of which the
 * runtime makes the update.
 */
public final class Lowering {
    private final Network network;
    private final Buffer x;
    private final Buffer forwardX;
    private final Buffer gradientX;
    private final Buffer y;

    /** Whether it is part of a training, whose steps may leave out activations. */
    private final boolean trains;

    private final List<Op> ops = new ArrayList<>();

    private Lowering(Network network, Entry entry) {
        boolean bound = entry == Entry.BOUND_STEP;
        this.network = network;
        this.trains = entry.trains();
        this.x = Buffer.samples(network.inputs());
        this.forwardX = bound ? Buffer.panels(network.inputs()) : x;
        this.gradientX = bound ? Buffer.strips(network.inputs()) : x;
        this.y = Buffer.targets(network.output());
    }

    /** The program of one entry point. */
    public static Program lower(Network network, Entry entry) {
        Lowering lowering = new Lowering(network, entry);
        lowering.forward();
        switch (entry) {
            case PREDICT, GRAM_PREDICT -> lowering.outputs();
            case COST, GRAM_COST -> lowering.losses();
            case GRADIENTS -> {
                lowering.losses();
                lowering.backward(Store.ADD);
            }
            case STEP, BOUND_STEP, GRAM_STEP -> {
                lowering.losses();
                lowering.backward(Store.SET);
                lowering.update();
            }
        }
        return new Program(entry, lowering.ops);
    }

    private void forward() {
        for (Layer layer : network.layers()) {
            int number = layer.number();
            Buffer z = preActivations(layer);
            Optional<Normalization> normalization = normalization(layer);
            ops.add(new Product(
                    Product.Kind.FORWARD,
                    number,
                    number == 1 ? forwardX : input(layer),
                    Buffer.weights(layer),
                    normalization.isPresent() ? normalized(layer) : z,
                    inputScale(layer)));
            ops.add(
                    normalization.isPresent()
                            ? normalize(layer, normalization.get())
                            : new AddBias(number, z, Buffer.bias(layer)));
            ops.add(new Activate(number, layer.activation(), z, activations(layer)));
            if (drops(layer)) {
                ops.add(new Drop(number, Op.Phase.FORWARD, layer.dropout(), activations(layer), kept(layer)));
            }
        }
    }

    private static Normalize normalize(Layer layer, Normalization kind) {
        return new Normalize(
                layer.number(),
                kind,
                normalized(layer),
                Buffer.vector(Role.GAMMA, layer),
                Buffer.bias(layer),
                preActivations(layer),
                kind.runs() ? Buffer.statistic(Role.M, layer, true) : null,
                variance(layer, kind));
    }

    private void outputs() {
        Layer output = network.output();
        ops.add(new Return(output.number(), activations(output), Buffer.outputs(output)));
    }

    private void losses() {
        Layer output = network.output();
        Buffer from = network.loss().readsPreActivations() ? preActivations(output) : activations(output);
        ops.add(new Losses(output.number(), network.loss(), from, y));
    }

    private void backward(Store store) {
        Layer output = network.output();
        ops.add(new LossGradient(
                output.number(), network.loss(), activations(output), y, activationGradient(output.number())));
        for (int l = output.number(); l >= 1; l--) {
            Layer layer = network.layers().get(l - 1);
            Buffer dz = Buffer.workspace(Role.DZ, l, layer.units());
            Buffer at = layer.activation().differentiatedAtZ()
                    ? preActivations(layer)
                    : drops(layer) ? kept(layer) : activations(layer);
            if (drops(layer)) {
                ops.add(new Drop(l, Op.Phase.BACKWARD, layer.dropout(), activationGradient(l), null));
            }
            ops.add(new ActivationGradient(l, layer.activation(), activationGradient(l), at, dz));
            Buffer delta = layer.normalization()
                    .map(kind -> normalizeGradient(layer, kind, dz))
                    .orElse(dz);
            ops.add(new Product(
                    Product.Kind.WEIGHT_GRADIENT,
                    l,
                    delta,
                    l == 1 ? gradientX : input(layer),
                    Buffer.weights(layer).gradient(),
                    inputScale(layer).withStore(store)));
            ops.add(new BiasGradient(l, dz, Buffer.bias(layer).gradient(), store));
            if (layer.normalization().isPresent()) {
                Buffer gamma = Buffer.vector(Role.GAMMA, layer);
                ops.add(new GammaGradient(l, dz, normalized(layer), gamma.gradient(), store));
            }
            ops.add(new Product(
                    Product.Kind.INPUT_GRADIENT,
                    l,
                    delta,
                    Buffer.weights(layer),
                    activationGradient(l - 1),
                    Epilogue.NONE));
        }
    }

    /** Adds the way back through a normalisation; returns the gradient of what is normalised. */
    private Buffer normalizeGradient(Layer layer, Normalization kind, Buffer dz) {
        Buffer dn = Buffer.workspace(Role.DN, layer.number(), layer.units());
        Buffer gamma = Buffer.vector(Role.GAMMA, layer);
        ops.add(new Normalize.Gradient(layer.number(), kind, dz, normalized(layer), gamma, variance(layer, kind), dn));
        return dn;
    }

    private void update() {
        for (Layer layer : network.layers()) {
            update(layer, Buffer.weights(layer));
            update(layer, Buffer.bias(layer));
            if (layer.normalization().isPresent()) {
                update(layer, Buffer.vector(Role.GAMMA, layer));
            }
            layer.batchNorm().ifPresent(kind -> keep(layer, kind));
        }
    }

    private void update(Layer layer, Buffer parameters) {
        ops.add(new Update(layer.number(), parameters, parameters.gradient()));
    }

    private void keep(Layer layer, Normalization kind) {
        ops.add(new Normalize.Keep(
                layer.number(),
                kind,
                Buffer.statistic(Role.M, layer, true),
                variance(layer, kind),
                Buffer.vector(Role.MEAN, layer),
                Buffer.vector(Role.VARIANCE, layer)));
    }

    private Buffer input(Layer layer) {
        return layer.number() == 1 ? x : activations(network.layers().get(layer.number() - 2));
    }

    /** Of this program: a prediction has that over samples in its weights. */
    private Optional<Normalization> normalization(Layer layer) {
        return layer.normalization().filter(kind -> trains || !kind.runs());
    }

    private static Buffer normalized(Layer layer) {
        return Buffer.workspace(Role.N, layer.number(), layer.units());
    }

    private static Buffer variance(Layer layer, Normalization kind) {
        return Buffer.statistic(Role.V, layer, kind.runs());
    }

    private boolean drops(Layer layer) {
        return trains && Dropout.dropped(layer.dropout()) > 0;
    }

    /** Null where the derivative asks for no activations. */
    private static Buffer kept(Layer layer) {
        return layer.activation().differentiatedAtZ() ? null : Buffer.workspace(Role.K, layer.number(), layer.units());
    }

    /** Samples enter as they are stored; {@code (s x) W^T = s (x W^T)}, so the factor is applied to the few results. */
    private Epilogue inputScale(Layer layer) {
        boolean scaled = layer.number() == 1 && !network.input().scale().isOne();
        return scaled ? Epilogue.NONE.withInputScale() : Epilogue.NONE;
    }

    private static Buffer preActivations(Layer layer) {
        return Buffer.workspace(Role.Z, layer.number(), layer.units());
    }

    private static Buffer activations(Layer layer) {
        return Buffer.workspace(Role.A, layer.number(), layer.units());
    }

    private Buffer activationGradient(int layer) {
        int units =
                layer == 0 ? network.inputs() : network.layers().get(layer - 1).units();
        return Buffer.workspace(Role.DA, layer, units);
    }
}
