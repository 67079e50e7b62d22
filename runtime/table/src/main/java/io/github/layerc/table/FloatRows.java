package io.github.layerc.table;

import io.github.layerc.data.OutputClass;
import io.github.layerc.engine.FloatInstance;
import io.github.layerc.network.Network;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * Rows of a table through the kernels of a generated class, one at a time. Where the first layer is not normalised it takes over center and scale of every input, {@code W1 (x - c) / s + b1 =
 * (W1 / s) x + (b1 - W1 c / s)}, so that they cost nothing here; an instance of its own has these weights, computed in double and rounded once, whenever a row comes and the
 * parameters have changed since the last one. Belongs to one thread, as the class that owns it, and allocates nothing for a row.
 */
public final class FloatRows {
    private final Table table;
    private final FloatInstance trained;
    private final Supplier<FloatInstance> another;
    private final boolean folds;
    private final float[] features;
    private final float[] outputs;

    /** Made once, since a row is to allocate nothing. */
    private final IntToDoubleFunction output;

    private Fitted fitted;
    private float[] fill = {};

    /** Center and scale of each input of the network. */
    private Line[] lines = {};

    private FloatInstance folded;
    private int seen;
    private boolean fresh;

    /**
     * @param trained whose parameters count
     * @param another makes one more for the same network, with a workspace of one sample
     */
    public FloatRows(Table table, FloatInstance trained, Supplier<FloatInstance> another) {
        Network network = trained.network();
        this.table = table;
        this.trained = trained;
        this.another = another;
        this.folds = Fitted.foldsInto(network);
        this.features = new float[table.features()];
        this.outputs = new float[network.outputs()];
        this.output = u -> outputs[u];
    }

    /** Gives the rows of another instance what this table learned, if it has learned anything yet. */
    public void shareWith(FloatRows other) {
        if (fitted != null) {
            other.setFitted(fitted);
        }
    }

    /** As {@link TableEngine#fitted()}. */
    public Fitted fitted() {
        if (fitted == null) {
            throw new IllegalStateException("network " + trained.network().name()
                    + " knows no training rows yet: load a model or call setFitted");
        }
        return fitted;
    }

    /** As {@link TableEngine#setFitted}. */
    public void setFitted(Fitted other) {
        if (!other.table().equals(table)) {
            throw new IllegalArgumentException("network " + trained.network().name() + " has another table: columns="
                    + other.table().columns().size());
        }
        other.requireFits(trained.network().precision());
        fitted = other;
        fresh = false;
        lines = other.featureLines().toArray(Line[]::new);
        fill = new float[table.columns().size()];
        for (int c = 0; c < fill.length; c++) {
            fill[c] = (float) other.fill(c);
        }
    }

    /**
     * Where the inputs of a row go: of each column what its transformation makes of it before center and scale.
     *
     * @throws IllegalStateException if the table has learned nothing yet
     */
    public float[] features() {
        fitted();
        return features;
    }

    /** The number, or what stands for it where it is NaN: NaN itself where the row must have one. */
    public float filled(int column, float value) {
        return Float.isNaN(value) ? fill[column] : value;
    }

    /**
     * Writes the inputs of a category with one input for each.
     *
     * @param at where they begin
     * @param place of the category, from 0 on; NaN where there is none
     */
    public void oneForEach(int column, int at, float place) {
        Column some = table.columns().get(column);
        // with an input of its own for a missing value, all of these are 0
        float own = some.missing().indicates() ? place : filled(column, place);
        boolean absent = Float.isNaN(own) && !some.missing().indicates();
        for (int c = 0; c < some.categories().size(); c++) {
            features[at + c] = absent ? Float.NaN : own == c ? 1 : 0;
        }
    }

    /**
     * Writes the inputs of columns that are passed as one array.
     *
     * @param name of the array, for the message
     * @param column the first of them
     * @param at where its input is
     * @param count how many they are
     * @throws IllegalArgumentException if there are not as many values
     */
    public void group(String name, float[] values, int column, int at, int count) {
        if (values.length != count) {
            throw new IllegalArgumentException(name + " must have " + count + " values: length=" + values.length);
        }
        for (int i = 0; i < count; i++) {
            Transform transform = table.columns().get(column + i).transform();
            features[at + i] = (float) transform.inner(filled(column + i, values[i]));
        }
    }

    /**
     * Outputs of the network for the inputs in {@link #features()}; overwritten by the next row.
     *
     * @throws IllegalStateException if there are no parameters yet
     */
    public float[] outputs() {
        int changes = trained.changes();
        if (!fresh || changes != seen) {
            renew();
            seen = changes;
            fresh = true;
        }
        if (!folds) {
            for (int f = 0; f < features.length; f++) {
                features[f] = (float) lines[f].apply(features[f]);
            }
        }
        folded.predict(features, 1, outputs);
        return outputs;
    }

    private void renew() {
        double[] parameters = trained.parametersAsDouble();
        if (folded == null) {
            folded = another.get();
        }
        if (folds) {
            fitted.foldInto(trained.network(), parameters);
        }
        folded.setParametersFromDouble(parameters);
    }

    /**
     * The class of the outputs, from 0 on, see {@link OutputClass}.
     *
     * @throws IllegalArgumentException if the row has no value in a column where it must have one
     */
    public int predictedClass() {
        int label = OutputClass.of(trained.network().loss().targets(), outputs().length, output);
        if (label == OutputClass.NONE) {
            throw refusal();
        }
        return label;
    }

    /**
     * Probabilities of the classes; of one output its own is that of class 1.
     *
     * @param out {@code [classes]}
     * @throws IllegalArgumentException as above, or if the array has another length
     */
    public void probabilities(float[] out) {
        float[] some = outputs();
        int classes = Math.max(2, some.length);
        if (out.length != classes) {
            throw new IllegalArgumentException("out must have " + classes + " values: length=" + out.length);
        }
        for (float value : some) {
            requireNumber(value);
        }
        if (some.length == 1) {
            out[0] = 1 - some[0];
            out[1] = some[0];
        } else {
            System.arraycopy(some, 0, out, 0, classes);
        }
    }

    /**
     * An output in the unit of its target, of the row that {@link #outputs} was asked for last.
     *
     * @throws IllegalArgumentException if the row has no value in a column where it must have one
     */
    public float target(int target) {
        requireNumber(outputs[target]);
        return (float) fitted.undo(target, outputs[target]);
    }

    private void requireNumber(float value) {
        if (Float.isNaN(value)) {
            throw refusal();
        }
    }

    private IllegalArgumentException refusal() {
        return new IllegalArgumentException("network " + trained.network().name() + ": " + missing());
    }

    /** Which column made it so: the first whose input is no number. */
    private String missing() {
        int at = 0;
        for (Column column : table.columns()) {
            if (Float.isNaN(features[at])) {
                return "column " + column.name() + " must have a value: value=NaN";
            }
            at += column.features();
        }
        return "outputs must be numbers: output=NaN";
    }

    /** Ends the instance that has the weights of its own. */
    public void close() {
        if (folded != null) {
            folded.close();
        }
    }
}
