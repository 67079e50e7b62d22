package io.github.layerc.spark;

import io.github.layerc.spark.training.TrainingJob;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a generated class that predicts a number on a cluster, as an estimator of Spark ML. What is not set is as the spec says; {@link TrainingParams} has all that can be.
 *
 * <pre>{@code
 * LayercRegressionModel model = new LayercRegressor().setNetwork("com.example.Digits").fit(rows);
 * }</pre>
 */
public final class LayercRegressor extends Regressor<Vector, LayercRegressor, LayercRegressionModel>
        implements TrainingParams<LayercRegressor>, MLWritable {
    private static final long serialVersionUID = 1;

    // without an initializer, which would undo what the constructor of the superclass has asked for
    private String uid;

    public LayercRegressor() {
        setTrainingDefaults();
    }

    @Override
    public String uid() {
        if (uid == null) {
            uid = Uid.next("layerc");
        }
        return uid;
    }

    @Override
    public LayercRegressionModel fit(Dataset<?> data) {
        return copyValues(train(data).setParent(this), new ParamMap());
    }

    @Override
    public LayercRegressionModel train(Dataset<?> data) {
        return Estimators.train(this, columns(), data, LayercRegressionModel::new);
    }

    private TrainingJob.Columns columns() {
        return new TrainingJob.Columns(
                getFeaturesCol(),
                getLabelCol(),
                Estimators.text(this, weightCol()),
                Estimators.text(this, validationIndicatorCol()));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Estimators.require(this, columns(), schema);
        return copyValues(Estimators.untrained(this, LayercRegressionModel::new), new ParamMap())
                .transformSchema(schema);
    }

    @Override
    public LayercRegressor copy(ParamMap extra) {
        return copyValues(Uid.with(uid(), LayercRegressor::new), extra);
    }

    @Override
    public MLWriter write() {
        return new Estimators.Writer(this);
    }

    /** Reads what {@link #write} has written. */
    public static MLReader<LayercRegressor> read() {
        return new Estimators.Reader<>(LayercRegressor.class, LayercRegressor::new);
    }

    /** Reads an estimator. */
    public static LayercRegressor load(String path) {
        return read().load(path);
    }
}
