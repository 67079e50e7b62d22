package io.github.layerc.spark.training.shard;

import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import io.github.layerc.spark.scoring.Schemas;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Where the class or the target of a row stands: what the spec's table predicts, else the column of labels. */
public final class TargetReader implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int place;
    private final TargetRule rule;
    private final int outputs;

    /** Targets have to be larger. */
    private final double above;

    /** The words of the classes, in their order; none where classes are numbers. */
    private final String[] words;

    private transient Optional<Fitted> fitted;
    private int label;
    private double[] targets = {};

    /**
     * @param labelCol where the network names no columns
     * @throws IllegalArgumentException if the column is not there, or cannot be read
     */
    public TargetReader(StructType schema, Network network, Optional<Table> table, String labelCol) {
        Optional<Label> classes = table.flatMap(Table::label);
        this.rule = network.loss().targets();
        this.outputs = network.outputs();
        boolean all = table.stream()
                .flatMap(some -> some.targets().stream())
                .allMatch(some -> some.transform().accepts(-1));
        this.above = all ? Double.NEGATIVE_INFINITY : -1;
        this.name = classes.map(Label::name)
                .or(() -> table.flatMap(some -> some.targets().stream().findFirst())
                        .map(target -> target.name()))
                .orElse(labelCol);
        this.place = Schemas.place(schema, name);
        DataType type = schema.fields()[place].dataType();
        if (classes.isEmpty() && !(type instanceof NumericType)) {
            throw new IllegalArgumentException("column " + name + " must be of numbers: type=" + type.catalogString());
        }
        this.words = classes.map(Label::classes).orElse(List.of()).toArray(String[]::new);
    }

    void fit(Optional<Fitted> learned) {
        fitted = learned;
    }

    /** Name of the column. */
    public String name() {
        return name;
    }

    /** The number that stands there; NaN for none, and for a word that is no class. */
    double number(Row row) {
        Object value = row.get(place);
        if (value == null) {
            return Double.NaN;
        }
        if (words.length == 0) {
            return ((Number) value).doubleValue();
        }
        int word = Arrays.asList(words).indexOf(value.toString());
        return word < 0 ? Double.NaN : word;
    }

    /** Number of classes; 1 for a regression. */
    public int classes() {
        return rule.classifies() ? Math.max(2, outputs) : 1;
    }

    /** Reads a row; where that fails {@link #problem} says why. */
    boolean read(Row row) {
        double number = number(row);
        if (!accepts(number)) {
            return false;
        }
        targets = new double[outputs];
        if (rule.classifies()) {
            label = (int) number;
            for (int u = 0; u < outputs; u++) {
                targets[u] = rule.of(outputs == 1 ? label == 1 : label == u);
            }
        } else {
            label = 0;
            targets[0] = transformed(number);
        }
        return true;
    }

    /** Whether it is a class, or a number for which the transformation of the target is defined. */
    boolean isInDomain(double number) {
        return rule.classifies()
                ? number >= 0 && number < classes() && number == Math.rint(number)
                : Double.isFinite(number) && number > above;
    }

    private boolean accepts(double number) {
        return isInDomain(number) && (rule.classifies() || rule.accepts(transformed(number)));
    }

    /** What the network is trained with. */
    private double transformed(double number) {
        return fitted.filter(some -> !some.table().targets().isEmpty())
                .map(some -> some.target(0, number))
                .orElse(number);
    }

    int label() {
        return label;
    }

    double[] targets() {
        return targets;
    }

    String problem(Row row) {
        String expected = words.length > 0
                ? "one of " + String.join(", ", words)
                : rule.classifies()
                        ? "a class from 0 to " + (classes() - 1)
                        : rule.text() + (Double.isFinite(above) ? ", above " + above : "");
        return "column " + name + " must have " + expected + ": value=" + row.get(place);
    }
}
