package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import java.util.List;
import java.util.stream.Stream;

/** The engines that are measured. Only the JVM that opens a peer loads its classes. */
enum PeerKind {
    GENERATED_VECTOR("generated-vector", Precision.FLOAT, ""),
    /** The same class in the Gram form of the first layer: steps over all samples, which stay bound. */
    GENERATED_VECTOR_GRAM("generated-vector-gram", Precision.FLOAT, ""),
    GENERATED_SCALAR("generated-scalar", Precision.FLOAT, ""),
    ONNXRUNTIME("onnxruntime", Precision.FLOAT, "/com/microsoft/onnxruntime/"),
    DJL_PYTORCH("djl-pytorch", Precision.FLOAT, "/ai/djl/"),
    DL4J("dl4j", Precision.FLOAT, "/org/deeplearning4j/", "/org/nd4j/", "/org/bytedeco/"),
    /** In double, since the library has no other precision, and a sample at a time. Its native libraries come from a folder of their own. */
    SMILE("smile", Precision.DOUBLE, "/com/github/haifengl/", "/peers/smile/");

    private final String keyword;
    private final Precision precision;
    private final List<String> places;

    PeerKind(String keyword, Precision precision, String... places) {
        this.keyword = keyword;
        this.precision = precision;
        this.places = Stream.of(places).filter(place -> !place.isEmpty()).toList();
    }

    /** The word for it in settings. */
    String keyword() {
        return keyword;
    }

    /** The word for it in rows, which have the form beside it. */
    String engine() {
        return this == GENERATED_VECTOR_GRAM ? GENERATED_VECTOR.keyword : keyword;
    }

    /** Of the first layer. */
    Form form() {
        return this == GENERATED_VECTOR_GRAM ? Form.GRAM : Form.DIRECT;
    }

    Precision precision() {
        return precision;
    }

    /**
     * How many times the usual warm-up this engine needs until HotSpot has compiled it. Much of a step of DJL and Deeplearning4j is Java, in
     * thousands of methods, and takes several times as long before; with the latter that lasts for more than ten seconds. Code of the Vector API
     * makes objects until then.
     */
    int warmups() {
        return switch (this) {
            case GENERATED_VECTOR, GENERATED_VECTOR_GRAM, DJL_PYTORCH -> 2;
            case DL4J -> 4;
            default -> 1;
        };
    }

    /** Whether an entry of a class path, with slashes, belongs to this library: its folder in a Maven repository tells. */
    boolean owns(String entry) {
        return places.stream().anyMatch(entry::contains);
    }

    /** Whether this engine has a row for a task: ONNX Runtime only predicts, Smile has one thread, the Gram form
     * is for steps, see {@link Task#suitsGramForm()}, and of the libraries the fastest at training alone has other optimizers than gradient descent. */
    boolean takes(Task task) {
        boolean plain = task.optimizer().equals(Optimizer.GRADIENT_DESCENT);
        boolean able = switch (this) {
            case GENERATED_VECTOR, GENERATED_SCALAR -> task.hasGeneratedClass();
            case GENERATED_VECTOR_GRAM -> task.hasGeneratedClass() && task.threads() == 1 && task.suitsGramForm();
            case ONNXRUNTIME -> task.operation() == Operation.PREDICT;
            case DJL_PYTORCH -> true;
            case DL4J -> plain;
            case SMILE -> plain && task.threads() == 1;
        };
        return able && (!task.sweep() || inSweep(task.operation()));
    }

    /** The sweep sets the generated class beside the library that is fastest at each operation. */
    private boolean inSweep(Operation operation) {
        return this == GENERATED_VECTOR || this == (operation == Operation.PREDICT ? ONNXRUNTIME : DJL_PYTORCH);
    }

    /** Opens a task: binds samples and parameters. */
    Peer open(Task task, double learningRate) throws Exception {
        return switch (this) {
            case GENERATED_VECTOR, GENERATED_VECTOR_GRAM -> new GeneratedPeer(task, learningRate, "vector", form());
            case GENERATED_SCALAR -> new GeneratedPeer(task, learningRate, "scalar", form());
            case ONNXRUNTIME -> new OnnxPeer(task);
            case DJL_PYTORCH -> new DjlPeer(task, learningRate);
            case DL4J -> new Dl4jPeer(task, learningRate);
            case SMILE -> new SmilePeer(task, learningRate);
        };
    }

    static PeerKind of(String keyword) {
        return Stream.of(values())
                .filter(kind -> kind.keyword.equals(keyword))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown engine: engine=" + keyword));
    }

    static List<String> keywords() {
        return Stream.of(values()).map(PeerKind::keyword).toList();
    }
}
