package io.github.layerc.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.layerc.network.Optimizer;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Adam as DJL has it for PyTorch, one call for each array. The call takes what corrects both means as part of the learning rate, and its epsilon is added to the root
 * that is not corrected; so the epsilon of an update is corrected here, and the update is that of Kingma and Ba, algorithm 1.
 */
final class DjlAdam {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final float learningRate;

    /** Of each parameter, both means. */
    private final Map<NDArray, NDArray[]> means = new IdentityHashMap<>();

    private int updates;

    DjlAdam(Optimizer adam, float learningRate) {
        this.beta1 = setting(adam, "beta1");
        this.beta2 = setting(adam, "beta2");
        this.epsilon = setting(adam, "epsilon");
        this.learningRate = learningRate;
    }

    private static double setting(Optimizer adam, String name) {
        return adam.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("not built with this library here: optimizer=" + adam.keyword()))
                .value();
    }

    /** A step begins: the updates that follow are all of it. */
    void begin() {
        updates++;
    }

    void update(NDArray parameter, NDArray gradient) {
        NDArray[] of = means.computeIfAbsent(parameter, any -> new NDArray[] {
            parameter.getManager().zeros(parameter.getShape()),
            parameter.getManager().zeros(parameter.getShape())
        });
        double root = Math.sqrt(1 - Math.pow(beta2, updates));
        parameter
                .getNDArrayInternal()
                .adamUpdate(
                        new NDList(parameter, gradient, of[0], of[1]),
                        new NDList(parameter),
                        learningRate,
                        (float) (learningRate * root / (1 - Math.pow(beta1, updates))),
                        0,
                        1,
                        -1,
                        (float) beta1,
                        (float) beta2,
                        (float) (epsilon * root),
                        false,
                        false);
    }
}
