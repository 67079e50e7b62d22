package io.github.layerc.interpreter;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.DoubleInstance;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.FloatInstance;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;

/**
 * The generic engine: runs any network, sizes read at run time. It is the reference for generated classes, and what they are measured
 * against, so it is written with care: cache-friendly order, four independent accumulators, buffers reused, no input gradient of the first
 * layer.
 */
public final class Interpreter {
    private static final String NAME = "interpreter";

    private Interpreter() {}

    /**
     * An interpreter of the network in its own precision, parameters 0.
     *
     * @param batch number of samples that the workspace holds, at least 1
     */
    public static Engine create(Network network, int batch) {
        return network.precision() == Precision.FLOAT ? createFloat(network, batch) : createDouble(network, batch);
    }

    public static FloatEngine createFloat(Network network, int batch) {
        return new FloatInstance(network, NAME, new FloatInterpreter(network, batch));
    }

    public static DoubleEngine createDouble(Network network, int batch) {
        return new DoubleInstance(network, NAME, new DoubleInterpreter(network, batch));
    }
}
