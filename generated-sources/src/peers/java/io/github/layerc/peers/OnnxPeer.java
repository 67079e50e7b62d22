package io.github.layerc.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.layerc.network.Network;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime: a session with all of its optimizations, over a model of fixed sizes. Samples and outputs are tensors over memory outside the
 * heap, made once: a run copies nothing and writes where Java reads.
 */
final class OnnxPeer implements Peer {
    private final SessionOptions options = new SessionOptions();
    private final OrtSession session;
    private final FloatBuffer out;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    OnnxPeer(Task task) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        Network network = task.network();
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(task.threads());
        options.setInterOpNumThreads(1);
        session = environment.createSession(OnnxModel.of(network, task.parameters(), task.batch()), options);
        float[] samples = task.samples();
        FloatBuffer in = Floats.direct(samples, 0, samples.length);
        out = Floats.direct(task.batch() * network.outputs());
        input = OnnxTensor.createTensor(environment, in, new long[] {task.batch(), network.inputs()});
        output = OnnxTensor.createTensor(environment, out, new long[] {task.batch(), network.outputs()});
        inputs = Map.of(OnnxModel.INPUT, input);
        outputs = Map.of(OnnxModel.OUTPUT, output);
    }

    @Override
    public Object predict() throws OrtException {
        // the result owns nothing: its only tensor is the one that was brought
        session.run(inputs, outputs).close();
        return out;
    }

    @Override
    public Object trainStep() {
        throw new UnsupportedOperationException("ONNX Runtime predicts only");
    }

    @Override
    public double[] outputs() throws OrtException {
        predict();
        float[] values = new float[out.capacity()];
        out.get(0, values);
        return Floats.widened(values);
    }

    @Override
    public double[] parameters() {
        throw new UnsupportedOperationException("ONNX Runtime predicts only");
    }

    @Override
    public void close() {
        output.close();
        input.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
        options.close();
    }
}
