package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import io.github.layerc.benchmark.Residual;
import io.github.layerc.benchmark.Workload;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;

/** Whether an engine computes what it is measured for: the interpreter in double, with the same parameters and samples, is the judge. */
final class Agreement {
    /** Largest residual of an engine in float whose sums have another order; a forgotten bias or factor is far above. */
    private static final double TOLERANCE = 1e-4;

    private Agreement() {}

    /**
     * The residual of the outputs, or of the parameters after a few steps at the network's own learning rate.
     *
     * @throws PeersException if it is too large
     */
    static double of(PeerKind kind, Task task) throws Exception {
        Network network = task.network().withPrecision(Precision.DOUBLE);
        double learningRate = network.training().learningRate();
        Workload workload = task.workload();
        double residual;
        try (Peer peer = kind.open(task, learningRate);
                DoubleEngine reference = Interpreter.createDouble(network, task.batch())) {
            reference.setParametersFromDouble(Floats.widened(task.parameters()));
            if (task.operation() == Operation.PREDICT) {
                double[] outputs = peer.outputs();
                residual = Residual.relative(outputs, reference.predict(workload.dataset()), 0, outputs.length);
            } else {
                try (Training training = reference.train(
                        workload.dataset(), reference.network().training().withForm(Form.DIRECT))) {
                    for (int i = 0; i < Residual.STEPS; i++) {
                        peer.trainStep();
                        training.step(learningRate);
                    }
                }
                residual = Residual.ofParameters(network, peer.parameters(), reference.parametersAsDouble());
            }
        }
        // NaN is no agreement
        if (!(residual <= TOLERANCE)) {
            throw new PeersException(kind.keyword() + " computes something else than the interpreter: " + task
                    + ": expected a residual of at most " + TOLERANCE + ": residual=" + residual);
        }
        return residual;
    }
}
