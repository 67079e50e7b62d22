package io.github.layerc.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.MLReader;
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
        implements TrainingParams<LayercRegressor> {
    private static final long serialVersionUID = 1;

    // without an initializer, which would undo what the constructor of the superclass has asked for
    private String uid;

    public LayercRegressor() {
        setTrainingDefaults();
    }

    @Override
    public String uid() {
        uid = Uid.orNext(uid);
        return uid;
    }

    @Override
    public LayercRegressionModel fit(Dataset<?> data) {
        return Estimators.fit(this, data, LayercRegressionModel::new);
    }

    @Override
    public LayercRegressionModel train(Dataset<?> data) {
        return Estimators.train(this, data, LayercRegressionModel::new);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return Estimators.schema(this, schema, LayercRegressionModel::new);
    }

    @Override
    public LayercRegressor copy(ParamMap extra) {
        return copyValues(Uid.with(uid(), LayercRegressor::new), extra);
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
