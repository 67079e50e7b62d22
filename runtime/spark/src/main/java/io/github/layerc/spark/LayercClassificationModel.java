package io.github.layerc.spark;

import io.github.layerc.engine.Engine;
import io.github.layerc.spark.scoring.ClassAnswer;
import io.github.layerc.spark.scoring.Decision;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * A generated class as a model of Spark ML. {@link #transform} runs whole partitions through it in batches, one instance for each task; parameters go to every executor once. It reads one
 * column of vectors, {@code featuresCol}, or the columns that the spec names. The jar of the class has to be among those of the job.
 *
 * <pre>{@code
 * LayercClassificationModel model = LayercClassificationModel.of(digits);  // a Digits with its parameters
 * Dataset<Row> scored = model.transform(rows);
 * }</pre>
 */
public final class LayercClassificationModel extends ProbabilisticClassificationModel<Vector, LayercClassificationModel>
        implements ScoringParams<LayercClassificationModel> {
    private static final long serialVersionUID = 1;

    // without an initializer, which would undo what the constructor of the superclass has asked for
    private String uid;

    private final TrainedNetwork trained;

    LayercClassificationModel(NetworkModel model, TrainingSummary summary) {
        this.trained = new TrainedNetwork(model, summary);
        requireProbabilities(model);
        setModelDefaults();
    }

    /**
     * A model of what an instance of a generated class has by now.
     *
     * @throws IllegalArgumentException if its outputs are no probabilities of classes
     */
    public static LayercClassificationModel of(Engine engine) {
        return new LayercClassificationModel(NetworkModel.of(engine), TrainingSummary.NONE);
    }

    static void requireProbabilities(NetworkModel model) {
        if (!model.network().loss().targets().probabilities()) {
            throw new IllegalArgumentException("network " + model.network().name()
                    + " must have outputs that are probabilities of classes: loss="
                    + model.network().loss().keyword());
        }
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
    public int numClasses() {
        return Math.max(2, network().network().outputs());
    }

    @Override
    public int numFeatures() {
        return network().network().inputs();
    }

    private Decision decision() {
        return new Decision(network().network(), isDefined(thresholds()) ? getThresholds() : new double[0]);
    }

    /** All that transform adds. */
    private ClassAnswer answer() {
        return answer(Map.of(
                "raw", getRawPredictionCol(), "probability", getProbabilityCol(), "prediction", getPredictionCol()));
    }

    private ClassAnswer answer(Map<String, String> names) {
        return new ClassAnswer(
                decision(), names, network().table().flatMap(Table::label).map(Label::classes));
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
    public Vector predictRaw(Vector features) {
        return Vectors.dense(decision().raw(predictProbability(features).toArray()));
    }

    @Override
    public Vector predictProbability(Vector features) {
        return (Vector) trained.call(engine(), () -> answer(Map.of("probability", "probability")), features);
    }

    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        double[] z = ((DenseVector) raw).values();
        double sum = 0;
        boolean one = network().network().outputs() == 1;
        for (int c = 0; c < z.length; c++) {
            // of one output z and -z: sigmoid; of more log p
            z[c] = one ? 1 / (1 + Math.exp(-z[c])) : Math.exp(z[c]);
            sum += z[c];
        }
        for (int c = 0; one && c < z.length; c++) {
            z[c] /= sum;
        }
        return raw;
    }

    @Override
    public double probability2prediction(Vector probability) {
        return decision().prediction(probability.toArray());
    }

    /**
     * Registers functions of SQL: {@code name}, the class as a double, and {@code name_probability}, a vector of those of all classes. They take a vector, or a struct with the spec's
     * columns: {@code SELECT pets(struct(*)) FROM animals}.
     */
    public void register(SparkSession session, String name) {
        for (String each : List.of("prediction", "probability")) {
            String full = each.equals("prediction") ? name : name + "_" + each;
            Scoring.register(session, full, network(), engine(), answer(Map.of(each, full)));
        }
    }

    /** Spark's two superclasses have it with different types, of which Java sees one method; there is no summary of that kind. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return new Tuple3<>(this, getProbabilityCol(), getPredictionCol());
    }

    @Override
    public LayercClassificationModel copy(ParamMap extra) {
        return trained.copy(this, extra, LayercClassificationModel::new);
    }

    /** Reads what {@link #write} has written. */
    public static MLReader<LayercClassificationModel> read() {
        return new ModelFiles.Reader<>(LayercClassificationModel.class, LayercClassificationModel::new);
    }

    /** Reads a model. */
    public static LayercClassificationModel load(String path) {
        return read().load(path);
    }
}
