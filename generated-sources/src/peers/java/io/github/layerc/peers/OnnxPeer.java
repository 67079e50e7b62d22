package io.github.layerc.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.github.layerc.network.Network;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * ONNX Runtime: a session with all of its optimizations, over the file that layerc exports. Its batch is fixed here, so that the runtime can
 * prepare itself as far as it is able to. Samples are scaled already, as for the other libraries: the file of a network with a scale would have
 * a node that goes over all of them before the first layer. Samples and outputs are tensors over memory outside the heap, made once: a run
 * copies nothing and writes where Java reads.
 */
final class OnnxPeer implements Peer {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    /** Name of the first axis of input and output in the file. */
    private static final String BATCH = "batch";

    private final SessionOptions options = new SessionOptions();
    private final OrtSession session;
    private final FloatBuffer out;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    OnnxPeer(Task task) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        Network network = task.networkOfScaledSamples();
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(task.threads());
        options.setInterOpNumThreads(1);
        options.setSymbolicDimensionValue(BATCH, task.batch());
        try (ModelFile file = new ModelFile(network, task.parameters())) {
            session = environment.createSession(file.onnx().toString(), options);
        }
        long[] shape = LongStream.concat(
                        LongStream.of(task.batch()),
                        network.input().shape().stream().mapToLong(Integer::longValue))
                .toArray();
        requireShape(shape);
        float[] samples = task.samples();
        FloatBuffer in = Floats.direct(samples, 0, samples.length);
        out = Floats.direct(task.batch() * network.outputs());
        input = OnnxTensor.createTensor(environment, in, shape);
        output = OnnxTensor.createTensor(environment, out, new long[] {task.batch(), network.outputs()});
        inputs = Map.of(INPUT, input);
        outputs = Map.of(OUTPUT, output);
    }

    /** An axis of another name than the one that was fixed would stay open without a word, as -1. */
    private void requireShape(long[] expected) throws OrtException {
        long[] found = ((TensorInfo) session.getInputInfo().get(INPUT).getInfo()).getShape();
        if (!Arrays.equals(found, expected)) {
            throw new PeersException("the session's batch is not fixed: expected an input of "
                    + Arrays.toString(expected) + ": shape=" + Arrays.toString(found));
        }
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
