package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.network.Activation;
import java.util.List;
import java.util.stream.Stream;

/** What is done with each value behind a {@link Trunk} by itself. The same object is the same value. */
sealed interface Expr {

    /** Operations one behind the other. */
    int depth();

    /** The values of a trunk. */
    record Start(Trunk trunk) implements Expr {
        @Override
        public int depth() {
            return 0;
        }
    }

    /** A number for each value, or one for all of them. */
    final class Constant implements Expr {
        private final double[] values;

        Constant(double... values) {
            this.values = values;
        }

        double at(int index) {
            return values[values.length == 1 ? 0 : index];
        }

        @Override
        public int depth() {
            return 0;
        }

        /** Whether it is the same number everywhere. */
        boolean isUniform() {
            for (double value : values) {
                if (value != values[0]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** An operation on one or two of them. */
    record Applied(Operation operation, List<Expr> arguments, int depth) implements Expr {
        public Applied {
            arguments = List.copyOf(arguments);
        }

        Expr first() {
            return arguments.get(0);
        }

        /** @return the second argument, if that is a constant */
        boolean hasConstantSecond() {
            return arguments.size() == 2 && arguments.get(1) instanceof Constant;
        }
    }

    /** An activation, which the graph has as one node. */
    record Curve(Activation activation, Expr argument) implements Expr {
        @Override
        public int depth() {
            return 1 + argument.depth();
        }
    }

    /** Layer normalisation, which the graph has as one node; it looks at all values together. */
    record Normalized(Stage.LayerNorm stage, Expr argument) implements Expr {
        @Override
        public int depth() {
            return 1 + argument.depth();
        }
    }

    static Expr of(Operation operation, Expr... arguments) {
        int depth = Stream.of(arguments).mapToInt(Expr::depth).max().orElseThrow();
        return new Applied(operation, List.of(arguments), 1 + depth);
    }

    /** The trunk that it starts from; there is one in every expression that is no constant. */
    default Trunk trunk() {
        if (this instanceof Start start) {
            return start.trunk;
        }
        if (this instanceof Curve curve) {
            return curve.argument.trunk();
        }
        if (this instanceof Normalized normalized) {
            return normalized.argument.trunk();
        }
        Applied applied = (Applied) this;
        return applied.arguments.stream()
                .filter(each -> !(each instanceof Constant))
                .findFirst()
                .orElseThrow()
                .trunk();
    }
}
