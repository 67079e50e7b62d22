package io.github.layerc.peers;

import io.github.layerc.command.Engines;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import java.io.IOException;
import java.util.Arrays;

/**
 * A class that layerc generated, with the parameters that layerc imports from the file of ONNX that it exported; {@code load} takes them only
 * where the network of the file is that of the class. Its predictions read samples as stored, and scale them.
 */
final class GeneratedPeer implements Peer {
    private final FloatEngine engine;
    private final Training training;
    private final double learningRate;
    private final float[] samples;
    private final float[] out;
    private final int batch;

    GeneratedPeer(Task task, double learningRate, String target, Form form) throws IOException {
        this.engine = (FloatEngine) Engines.of(task.generatedClass()).open(target, task.batch());
        float[] parameters = task.parameters();
        try (ModelFile file = new ModelFile(task.network(), parameters)) {
            engine.load(file.imported());
        }
        requireSame(task, parameters, engine.parameters());
        this.training = engine.train(
                task.workload().dataset(), engine.network().training().withForm(form));
        this.learningRate = learningRate;
        this.samples = task.workload().samples();
        this.batch = task.batch();
        this.out = new float[batch * engine.network().outputs()];
    }

    /** Bit for bit: floats pass through doubles unchanged. */
    private static void requireSame(Task task, float[] exported, float[] imported) {
        int at = Arrays.mismatch(exported, imported);
        if (at >= 0) {
            throw new PeersException("other parameters were imported than exported: " + task + ": expected parameter "
                    + at + " to be " + exported[at] + ": imported=" + imported[at]);
        }
    }

    @Override
    public Object predict() {
        engine.predict(samples, batch, out);
        return out;
    }

    @Override
    public Object trainStep() {
        training.step(learningRate);
        return engine;
    }

    @Override
    public double[] outputs() {
        predict();
        return Floats.widened(out);
    }

    @Override
    public double[] parameters() {
        return engine.parametersAsDouble();
    }

    @Override
    public void close() {
        // first: then a training in Gram form makes no weights, which JMH would count to the last iteration
        engine.close();
        training.close();
    }
}
