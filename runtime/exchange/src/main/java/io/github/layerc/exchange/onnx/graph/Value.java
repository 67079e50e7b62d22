package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.tensor.Tensor;
import java.util.List;

/** What a name of a graph stands for. */
sealed interface Value {

    /** The same for all samples. */
    record Known(Tensor tensor) implements Value {}

    /**
     * Values of the samples.
     *
     * @param areReal whether they are floating-point numbers; integers are computed with in another way
     */
    record Signal(Expr expr, Dims dims, boolean areReal) implements Value {

        /** @throws IllegalArgumentException if it is the result of more elementwise nodes than any activation has */
        public Signal {
            if (expr.depth() > MOST_STEPS) {
                throw new IllegalArgumentException("more than " + MOST_STEPS + " elementwise nodes in a row");
            }
        }

        private static final int MOST_STEPS = 64;

        Signal with(Expr other) {
            return new Signal(other, dims, areReal);
        }

        Signal with(Dims other) {
            return new Signal(expr, other, areReal);
        }

        Signal asReal() {
            return new Signal(expr, dims, true);
        }
    }

    /** The shape of a signal, or numbers of it, with {@link Dims#BATCH} for the number of samples. */
    record Shape(List<Long> sizes) implements Value {
        public Shape {
            sizes = List.copyOf(sizes);
        }
    }

    /** {@code [1 - p, p]}, the probabilities of two classes. */
    record Pair(Signal probability) implements Value {}

    /**
     * The class of each sample.
     *
     * @param names of classes; empty where they are only numbered
     */
    record Label(List<String> names) implements Value {
        public Label {
            names = List.copyOf(names);
        }
    }

    /** Probabilities with the names of their classes. */
    record NamedClasses(Value probabilities, List<String> names) implements Value {
        public NamedClasses {
            names = List.copyOf(names);
        }
    }

    /** Of a node that is not understood: an error has been noted. */
    record Unknown() implements Value {}
}
