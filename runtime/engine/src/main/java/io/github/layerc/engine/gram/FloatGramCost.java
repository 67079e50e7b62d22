package io.github.layerc.engine.gram;

import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.search.FloatPlaces;
import io.github.layerc.engine.search.Objective;
import io.github.layerc.engine.search.Vectors;
import io.github.layerc.engine.step.FloatBinding;
import io.github.layerc.engine.step.FloatParameterUpdate;
import io.github.layerc.network.Network;

/**
 * The cost of all samples in Gram form. A vector has the numbers of {@link FloatGramState#sums} - coefficients C, pre-activations Z1, the factor w - and
 * behind them all parameters but the weights of the first layer, canonical. Their inner product is
 *
 * <pre>
 * (w W1(0) + C X) . (w' W1(0) + C' X) = w (w' |W1(0)|^2 + C' . Z1(0)) + C . Z1'
 * </pre>
 *
 * <p>since {@code Z1' = (w' W1(0) + C' X) X^T} stands beside C'. Without decay of the weights w is 0 in all directions, and the first term with it.
 */
final class FloatGramCost implements Objective {
    private final FloatGramForm form;
    private final FloatGramState state;
    private final FloatParameterUpdate update;
    private final FloatStepKernels kernels;
    private final FloatPlaces others;

    /** Numbers of C, and of Z1. */
    private final int half;

    FloatGramCost(FloatGramForm form, FloatGramState state, FloatParameterUpdate update, FloatBinding binding) {
        Network network = binding.network();
        this.form = form;
        this.state = state;
        this.update = update;
        this.kernels = binding.kernels();
        this.others = new FloatPlaces(kernels, network.layers().get(0).weightCount(), network.parameterCount());
        this.half = state.sums().length / 2;
    }

    @Override
    public int size() {
        return 2 * half + 1 + others.count();
    }

    @Override
    public void position(double[] point) {
        System.arraycopy(state.sums(), 0, point, 0, 2 * half + 1);
        others.read(kernels.parameters(), point, 2 * half + 1);
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
        System.arraycopy(point, 0, state.sums(), 0, 2 * half + 1);
        others.write(point, 2 * half + 1, kernels.parameters());
        double cost = form.gradientsOfAll(gradient);
        others.read(update.gradients(), gradient, 2 * half + 1);
        return cost;
    }

    @Override
    public double product(double[] a, double[] b) {
        double w = a[2 * half];
        double ofFirst = w == 0 ? 0 : w * state.productWithFirst(b);
        return ofFirst
                + Vectors.dot(a, 0, b, half, half)
                + Vectors.dot(a, 2 * half + 1, b, 2 * half + 1, others.count());
    }
}
