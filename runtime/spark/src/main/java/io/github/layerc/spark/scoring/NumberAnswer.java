package io.github.layerc.spark.scoring;

import io.github.layerc.network.Network;
import io.github.layerc.table.Line;
import io.github.layerc.table.Target;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;

/** The output of a regression, in the unit of its target. */
public final class NumberAnswer implements Answer {
    private static final long serialVersionUID = 1;

    private final String prediction;
    private transient Optional<Target> target;
    private transient Line line;

    /** @param prediction name of the column */
    public NumberAnswer(String prediction) {
        this.prediction = prediction;
    }

    @Override
    public void of(NetworkModel model) {
        target = model.table().flatMap(table -> table.targets().stream().findFirst());
        line = model.fitted()
                .filter(some -> target.isPresent())
                .map(some -> some.targetLine(0))
                .orElse(Line.IDENTITY);
    }

    @Override
    public List<Added> added() {
        return prediction.isEmpty() ? List.of() : List.of(Added.number(prediction, Metadata.empty()));
    }

    @Override
    public void write(Scorer scorer, int sample, double[] numbers) {
        if (!prediction.isEmpty()) {
            numbers[0] = number(scorer.output(sample, 0));
        }
    }

    /** An output in the unit of its target. */
    public double number(double output) {
        return target.map(some -> some.undo(output, line)).orElse(output);
    }

    /**
     * Checks that a network is a regression with one output, which is what Spark's models of regressions have.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void require(Network network) {
        if (network.loss().classifies() || network.outputs() != 1) {
            throw new IllegalArgumentException("network " + network.name()
                    + " must be a regression with one output: loss="
                    + network.loss().keyword() + ", outputs="
                    + network.outputs());
        }
    }
}
