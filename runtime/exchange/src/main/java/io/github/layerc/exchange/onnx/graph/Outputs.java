package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.chain.Chain;
import java.util.ArrayList;
import java.util.List;

/** What the outputs of a graph stand for: one of them values, others at most the class that these choose, or their names. */
record Outputs(Object place, List<Value> values) {

    Chain chain(List<Integer> inputShape) {
        List<String> notes = new ArrayList<>();
        Value.Signal signal = signal();
        Expr expr = signal.expr();
        if (expr instanceof Expr.Applied applied
                && applied.operation() == Operation.LOG
                && applied.first() instanceof Expr.Curve curve
                && !curve.activation().elementwise()) {
            expr = applied.first();
            notes.add("the file gives logarithms of probabilities, the network the probabilities");
        }
        Trunk trunk = Settling.settle(expr, signal.dims().features())
                .orElseThrow(() -> DataException.of(
                        place, "output of the graph", "values behind an activation that layerc has", "another one"));
        return new Chain(place, inputShape, trunk.stages(), classes(), notes);
    }

    private Value.Signal signal() {
        List<Value.Signal> signals = new ArrayList<>();
        for (Value value : values) {
            Value plain = value instanceof Value.NamedClasses named ? named.probabilities() : value;
            if (plain instanceof Value.Signal signal) {
                signals.add(signal);
            } else if (plain instanceof Value.Pair pair) {
                signals.add(pair.probability());
            }
        }
        if (signals.isEmpty()
                || signals.stream()
                        .anyMatch(each -> each.expr() != signals.get(0).expr())) {
            throw DataException.of(
                    place,
                    "outputs of the graph",
                    "one with values, and at most classes of it",
                    signals.isEmpty() ? "none that depends on the input" : signals.size() + " with values");
        }
        return signals.get(0);
    }

    private List<String> classes() {
        List<String> names = List.of();
        for (Value value : values) {
            if (value instanceof Value.NamedClasses named) {
                names = named.names();
            } else if (value instanceof Value.Label label && !label.names().isEmpty()) {
                names = label.names();
            }
        }
        return names;
    }
}
