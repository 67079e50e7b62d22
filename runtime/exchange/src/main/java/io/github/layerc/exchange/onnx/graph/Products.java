package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** {@code MatMul} and {@code Gemm}, of samples and constants in any order. */
final class Products {
    static final Map<String, Rule> RULES = Map.of("MatMul", Products::matMul, "Gemm", Products::gemm);

    private Products() {}

    private static Value matMul(NodeInput node) {
        if (node.value(0) instanceof Value.Signal samples) {
            return right(samples, node.known(1), 1);
        }
        return left(node.known(0), node.signal(1), 1);
    }

    /** {@code alpha A' B' + beta C}, {@code A'} being {@code A} or its transpose. */
    private static Value gemm(NodeInput node) {
        double alpha = node.node().real("alpha", 1);
        boolean turnA = node.node().integer("transA", 0) != 0;
        boolean turnB = node.node().integer("transB", 0) != 0;
        Value.Signal product = node.value(0) instanceof Value.Signal samples
                ? right(turned(samples, turnA), turned(node.known(1), turnB), alpha)
                : left(turned(node.known(0), turnA), turned(node.signal(1), turnB), alpha);
        if (!node.node().has(2)) {
            return product;
        }
        double beta = node.node().real("beta", 1);
        Expr.Constant bias = product.dims().broadcast(scaled(node.known(2), beta));
        return product.with(Expr.of(Operation.ADD, product.expr(), bias));
    }

    private static Tensor scaled(Tensor tensor, double factor) {
        double[] numbers = tensor.numbers();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= factor;
        }
        return Tensor.of(tensor.type(), tensor.shape(), numbers);
    }

    private static Tensor turned(Tensor matrix, boolean turn) {
        requireMatrix(matrix);
        return turn ? matrix.transposed() : matrix;
    }

    private static Value.Signal turned(Value.Signal samples, boolean turn) {
        if (samples.dims().rank() != 2) {
            throw new IllegalArgumentException(
                    "Gemm takes matrices: shape=" + samples.dims().text());
        }
        return turn ? samples.with(samples.dims().transposed(List.of(1, 0))) : samples;
    }

    private static void requireMatrix(Tensor tensor) {
        if (tensor.rank() != 2 || tensor.isText() || tensor.size() == 0) {
            throw new IllegalArgumentException("weights must be a matrix: weights=" + tensor);
        }
    }

    /** {@code x W}: values of a sample lie along the last axis. */
    private static Value.Signal right(Value.Signal samples, Tensor weights, double alpha) {
        Dims dims = samples.dims();
        if (weights.rank() == 1 && !weights.isText()) {
            Value.Signal column = right(samples, weights.withShape(List.of(weights.size(), 1)), alpha);
            List<Integer> sizes = column.dims().sizes();
            return column.with(new Dims(sizes.subList(0, sizes.size() - 1)));
        }
        requireMatrix(weights);
        int axis = dims.rank() - 1;
        requireAxis(dims, axis, weights.shape().get(0));
        return product(samples, weights.transposed(), alpha, axis);
    }

    /** {@code W x}: values of a sample lie along the last axis but one. */
    private static Value.Signal left(Tensor weights, Value.Signal samples, double alpha) {
        requireMatrix(weights);
        Dims dims = samples.dims();
        int axis = dims.rank() == 1 ? 0 : dims.rank() - 2;
        requireAxis(dims, axis, weights.shape().get(1));
        return product(samples, weights, alpha, axis);
    }

    private static void requireAxis(Dims dims, int axis, int fanIn) {
        if (axis < 0) {
            throw new IllegalArgumentException("a product needs an axis: shape=[]");
        }
        dims.requireFeatures(axis);
        if (dims.sizes().get(axis) != fanIn) {
            throw new IllegalArgumentException(
                    "weights for " + dims.sizes().get(axis) + " values were expected: values=" + fanIn);
        }
    }

    /** @param weights {@code [units][fan-in]} */
    private static Value.Signal product(Value.Signal samples, Tensor weights, double alpha, int axis) {
        int units = weights.shape().get(0);
        double[] numbers = weights.numbers();
        if (alpha != 1) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= alpha;
            }
        }
        Trunk trunk = Settling.settle(samples.expr(), weights.shape().get(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "what is done to its input is neither linear nor an activation that layerc has"))
                .then(new Stage.Product(numbers, new double[units], weights.type()));
        return new Value.Signal(new Expr.Start(trunk), samples.dims().with(axis, units), true);
    }
}
