package io.github.layerc.spark.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Raw prediction, probability and class, those of them that have a name. */
public final class ClassAnswer implements Answer {
    private static final long serialVersionUID = 1;

    private final Decision decision;
    private final String raw;
    private final String probability;
    private final String prediction;

    /** Names of the classes; none where they have none. */
    private final String[] classes;

    /** @param names of the columns: {@code raw}, {@code probability}, {@code prediction}; an empty one is left out */
    public ClassAnswer(Decision decision, Map<String, String> names, Optional<List<String>> classes) {
        this.decision = decision;
        this.raw = names.getOrDefault("raw", "");
        this.probability = names.getOrDefault("probability", "");
        this.prediction = names.getOrDefault("prediction", "");
        this.classes = classes.orElse(List.of()).toArray(String[]::new);
    }

    @Override
    public List<StructField> fields() {
        List<StructField> fields = new ArrayList<>();
        if (!raw.isEmpty()) {
            fields.add(vectors(raw));
        }
        if (!probability.isEmpty()) {
            fields.add(vectors(probability));
        }
        if (!prediction.isEmpty()) {
            NominalAttribute classed = NominalAttribute.defaultAttr().withName(prediction);
            Metadata names = (classes.length == 0
                            ? classed.withNumValues(decision.classes())
                            : classed.withValues(classes))
                    .toMetadata();
            fields.add(DataTypes.createStructField(prediction, DataTypes.DoubleType, false, names));
        }
        return fields;
    }

    private StructField vectors(String name) {
        Metadata size = new AttributeGroup(name, decision.classes()).toMetadata();
        return DataTypes.createStructField(name, SQLDataTypes.VectorType(), false, size);
    }

    @Override
    public void write(Scorer scorer, int sample, Object[] row, int at) {
        write(decision.probabilities(scorer, sample), row, at);
    }

    @Override
    public void writeNothing(Object[] row, int at) {
        double[] nothing = new double[decision.classes()];
        Arrays.fill(nothing, Double.NaN);
        write(nothing, row, at);
    }

    private void write(double[] probabilities, Object[] row, int at) {
        int next = at;
        if (!raw.isEmpty()) {
            row[next++] = Vectors.dense(decision.raw(probabilities));
        }
        if (!probability.isEmpty()) {
            row[next++] = Vectors.dense(probabilities);
        }
        if (!prediction.isEmpty()) {
            row[next] = decision.prediction(probabilities);
        }
    }
}
