package io.github.layerc.spark;

import io.github.layerc.engine.Engine;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.scoring.NumberAnswer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A generated class with one output that is a number, as a model of Spark ML; what {@link LayercClassificationModel} says of rows, batches and jars holds for it, too. */
public final class LayercRegressionModel extends RegressionModel<Vector, LayercRegressionModel>
        implements ScoringParams<LayercRegressionModel> {
    private static final long serialVersionUID = 1;

    // without an initializer, which would undo what the constructor of the superclass has asked for
    private String uid;

    private final TrainedNetwork trained;

    LayercRegressionModel(NetworkModel model, TrainingSummary summary) {
        this.trained = new TrainedNetwork(model, summary);
        NumberAnswer.require(model.network());
        setModelDefaults();
    }

    /**
     * A model of what an instance of a generated class has by now.
     *
     * @throws IllegalArgumentException if it is no regression with one output
     */
    public static LayercRegressionModel of(Engine engine) {
        return new LayercRegressionModel(NetworkModel.of(engine), TrainingSummary.NONE);
    }

    @Override
    public String uid() {
        uid = Uid.orNext(uid);
        return uid;
    }

    @Override
    public NetworkModel network() {
        return trained.model();
    }

    @Override
    public TrainingSummary summary() {
        return trained.summary();
    }

    @Override
    public int numFeatures() {
        return network().network().inputs();
    }

    private NumberAnswer answer() {
        return new NumberAnswer(getPredictionCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return Scoring.schema(network(), schema, getFeaturesCol(), answer());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> data) {
        return Scoring.transform(network(), data, this, getFeaturesCol(), answer());
    }

    @Override
    public double predict(Vector features) {
        return (Double) trained.call(engine(), this::answer, features);
    }

    /** Registers a function of SQL that predicts; it takes a vector, or a struct with the spec's columns. */
    public void register(SparkSession session, String name) {
        Scoring.register(session, name, network(), engine(), new NumberAnswer(name));
    }

    @Override
    public LayercRegressionModel copy(ParamMap extra) {
        return trained.copy(this, extra, LayercRegressionModel::new);
    }

    /** Reads what {@link #write} has written. */
    public static MLReader<LayercRegressionModel> read() {
        return new ModelFiles.Reader<>(LayercRegressionModel.class, LayercRegressionModel::new);
    }

    /** Reads a model. */
    public static LayercRegressionModel load(String path) {
        return read().load(path);
    }
}
