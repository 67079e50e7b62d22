package io.github.layerc.spark;

import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a generated class that predicts classes on a cluster, as an estimator of Spark ML. What is not set is as the spec says; {@link TrainingParams} has all that can be.
 *
 * <pre>{@code
 * LayercClassificationModel model = new LayercClassifier().setNetwork("com.example.Digits").fit(rows);
 * }</pre>
 */
public final class LayercClassifier extends ProbabilisticClassifier<Vector, LayercClassifier, LayercClassificationModel>
        implements TrainingParams<LayercClassifier> {
    private static final long serialVersionUID = 1;

    // without an initializer, which would undo what the constructor of the superclass has asked for
    private String uid;

    public LayercClassifier() {
        setTrainingDefaults();
    }

    @Override
    public String uid() {
        uid = Uid.orNext(uid);
        return uid;
    }

    @Override
    public LayercClassificationModel fit(Dataset<?> data) {
        return Estimators.fit(this, data, LayercClassificationModel::new);
    }

    @Override
    public LayercClassificationModel train(Dataset<?> data) {
        return Estimators.train(this, data, LayercClassificationModel::new);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return Estimators.schema(this, schema, LayercClassificationModel::new);
    }

    @Override
    public LayercClassifier copy(ParamMap extra) {
        return copyValues(Uid.with(uid(), LayercClassifier::new), extra);
    }

    /** Reads what {@link #write} has written. */
    public static MLReader<LayercClassifier> read() {
        return new Estimators.Reader<>(LayercClassifier.class, LayercClassifier::new);
    }

    /** Reads an estimator. */
    public static LayercClassifier load(String path) {
        return read().load(path);
    }
}
