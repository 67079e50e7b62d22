package io.github.layerc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringTest {
    /** Of kernels that add in another order where a call has other samples beside a row. */
    private static final Offset<Double> ROUNDING = Offset.offset(2e-7);

    private static SparkSession session;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        session = Sessions.local(2);
    }

    private static LayercClassificationModel model(String network) {
        try (Engine engine = Networks.engine(network, 1)) {
            return LayercClassificationModel.of(engine);
        }
    }

    /** The outputs of the class itself. */
    private static double[] own(String network, List<Row> rows, int inputs) {
        double[] samples = new double[rows.size() * inputs];
        for (int i = 0; i < rows.size(); i++) {
            Vector vector = rows.get(i).getAs(0);
            System.arraycopy(vector.toArray(), 0, samples, i * inputs, inputs);
        }
        try (Engine engine = Networks.engine(network, 8)) {
            return engine.predict(Dataset.of(samples, inputs));
        }
    }

    @ParameterizedTest
    @CsvSource({"Three, 1, 1", "Three, 3, 4", "Three, 256, 9", "ThreeDouble, 7, 3", "Wide, 5, 2"})
    void scoresAsTheClassItself(String network, int batch, int partitions) {
        int inputs = network.equals("Wide") ? 100 : 4;
        int classes = network.equals("Wide") ? 2 : 3;
        // fewer rows than partitions leave some of these empty
        for (int count : new int[] {1, 5, 33}) {
            List<Row> rows = Rows.points(count, inputs, classes, 1);
            List<Row> scored = model(network)
                    .setBatchSize(batch)
                    .transform(Rows.of(session, rows, Rows.VECTORS, partitions))
                    .collectAsList();
            double[] outputs = own(network, rows, inputs);
            assertThat(scored).hasSize(count);
            for (int i = 0; i < count; i++) {
                Row row = scored.get(i);
                assertThat(row.<Integer>getAs("id")).isEqualTo(i);
                double[] probability = row.<Vector>getAs("probability").toArray();
                int best = 0;
                for (int c = 0; c < classes; c++) {
                    assertThat(probability[c]).isCloseTo(outputs[i * classes + c], ROUNDING);
                    best = probability[c] > probability[best] ? c : best;
                }
                assertThat(row.<Double>getAs("prediction")).isEqualTo(best);
                assertThat(row.<Vector>getAs("rawPrediction").argmax()).isEqualTo(best);
            }
        }
    }

    /** Sparse ones without their zeros, beside rows that are left out: what was read of these is in no sample. */
    @ParameterizedTest
    @CsvSource({"Three, 4, 3", "ThreeDouble, 4, 3", "Wide, 100, 2"})
    void sparseRowsAndRowsBesideBadOnesScoreAsTheClassItself(String network, int inputs, int classes) {
        List<Row> good = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (Row row : Rows.points(12, inputs, classes, 4)) {
            double[] x = row.<Vector>getAs(0).toArray();
            x[good.size() % inputs] = 0;
            Vector dense = Vectors.dense(x);
            good.add(RowFactory.create(good.size() % 3 == 0 ? dense.toSparse() : dense, 0.0, good.size()));
            rows.add(good.get(good.size() - 1));
            double[] bad = x.clone();
            bad[inputs / 2] = Double.NaN;
            Vector longer = Vectors.dense(Arrays.copyOf(x, inputs + 1));
            rows.add(RowFactory.create(List.of(Vectors.dense(bad), longer).get(good.size() % 2), 0.0, -1));
        }
        List<Row> scored = model(network)
                .setBatchSize(5)
                .setHandleInvalid("skip")
                .transform(Rows.of(session, rows, Rows.VECTORS, 2))
                .collectAsList();
        double[] outputs = own(network, good, inputs);
        assertThat(scored).hasSize(good.size());
        for (int i = 0; i < scored.size(); i++) {
            assertThat(scored.get(i).<Integer>getAs("id")).isEqualTo(i);
            double[] probability = scored.get(i).<Vector>getAs("probability").toArray();
            for (int c = 0; c < classes; c++) {
                assertThat(probability[c]).isCloseTo(outputs[i * classes + c], ROUNDING);
            }
        }
    }

    @Test
    void oneOutputIsTheProbabilityOfClassOne() {
        List<Row> rows = Rows.points(10, 4, 2, 2);
        double[] outputs = own("Two", rows, 4);
        List<Row> scored =
                model("Two").transform(Rows.of(session, rows, Rows.VECTORS, 2)).collectAsList();
        for (int i = 0; i < rows.size(); i++) {
            Vector probability = scored.get(i).getAs("probability");
            double[] raw = scored.get(i).<Vector>getAs("rawPrediction").toArray();
            assertThat(probability.apply(1)).isCloseTo(outputs[i], ROUNDING);
            assertThat(probability.apply(0)).isEqualTo(1 - probability.apply(1));
            assertThat(raw[1])
                    .isEqualTo(-raw[0])
                    .isCloseTo(Math.log(outputs[i] / (1 - outputs[i])), Offset.offset(1e-5));
            assertThat(scored.get(i).<Double>getAs("prediction")).isEqualTo(outputs[i] > 0.5 ? 1 : 0);
        }
    }

    @Test
    void singleRowsOfSparkAgreeWithWholePartitions() {
        LayercClassificationModel model = model("Three");
        for (Row row : model.transform(Rows.of(session, Rows.points(9, 4, 3, 3), Rows.VECTORS, 1))
                .collectAsList()) {
            Vector features = row.getAs("features");
            assertThat(model.predict(features)).isEqualTo(row.<Double>getAs("prediction"));
            assertThat(model.predictProbability(features)).isEqualTo(row.getAs("probability"));
            assertThat(model.predictRaw(features)).isEqualTo(row.getAs("rawPrediction"));
        }
    }

    @Test
    void thresholdsDecideAsInSpark() {
        LayercClassificationModel model = model("Three").setThresholds(new double[] {1e-9, 1, 1});
        assertThat(model.transform(Rows.of(session, Rows.points(6, 4, 3, 3), Rows.VECTORS, 1))
                        .select("prediction")
                        .distinct()
                        .collectAsList())
                .containsExactly(RowFactory.create(0.0));
    }

    @Test
    void regressionsPredictNumbers() {
        List<Row> rows = Rows.slope(12, 4);
        double[] outputs = own("Slope", rows, 3);
        try (Engine engine = Networks.engine("Slope", 1)) {
            LayercRegressionModel model = LayercRegressionModel.of(engine);
            List<Row> scored =
                    model.transform(Rows.of(session, rows, Rows.VECTORS, 2)).collectAsList();
            for (int i = 0; i < rows.size(); i++) {
                assertThat(scored.get(i).<Double>getAs("prediction"))
                        .isCloseTo(outputs[i], ROUNDING)
                        .isCloseTo(model.predict(rows.get(i).getAs(0)), ROUNDING);
            }
        }
    }

    private static List<Row> withBadRows() {
        List<Row> rows = new ArrayList<>(Rows.points(6, 4, 3, 5));
        rows.set(1, RowFactory.create(Vectors.dense(1, 2, 3), 0.0, 1));
        rows.set(3, RowFactory.create(null, 0.0, 3));
        rows.set(4, RowFactory.create(Vectors.dense(1, Double.NaN, 3, 4), 0.0, 4));
        return rows;
    }

    @Test
    void badRowsFailTheJobWithTheirPlace() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> model("Three")
                        .transform(Rows.of(session, withBadRows(), Rows.VECTORS, 1))
                        .collectAsList())
                .withStackTraceContaining(
                        "partition 0, row 1: column features must have vectors of 4 values: size=3: handleInvalid=skip leaves such rows out");
    }

    @Test
    void numbersThatNoFloatHoldsAreBadRows() {
        List<Row> rows = List.of(RowFactory.create(Vectors.dense(1, 2, 3, 1e300), 0.0, 0));
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> model("Three")
                        .transform(Rows.of(session, rows, Rows.VECTORS, 1))
                        .collectAsList())
                .withStackTraceContaining(
                        "partition 0, row 0: column features: value 3 must be a finite number in the precision of the network: value=1.0E300");
        assertThat(model("ThreeDouble")
                        .transform(Rows.of(session, rows, Rows.VECTORS, 1))
                        .count())
                .isEqualTo(1);
        model("Three").register(session, "bad");
        Rows.of(session, rows, Rows.VECTORS, 1).createOrReplaceTempView("large");
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> session.sql("SELECT bad(features) FROM large").collectAsList())
                .withStackTraceContaining(
                        "network Three takes a vector of 4 finite numbers: value=[1.0, 2.0, 3.0, 1.0E300]");
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> session.sql("SELECT bad(id) FROM large").collectAsList())
                .withStackTraceContaining("network Three takes a vector of 4 finite numbers: value=Integer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model("Three").setProbabilityCol("prediction").transformSchema(Rows.VECTORS))
                .withMessage("there is a column of this name already: column=prediction");
    }

    @Test
    void badRowsAreDroppedOrKept() {
        org.apache.spark.sql.Dataset<Row> rows = Rows.of(session, withBadRows(), Rows.VECTORS, 2);
        assertThat(model("Three")
                        .setHandleInvalid("skip")
                        .transform(rows)
                        .select("id")
                        .as(Encoders.INT())
                        .collectAsList())
                .containsExactly(0, 2, 5);
        List<Row> kept = model("Three")
                .setHandleInvalid("keep")
                .setBatchSize(2)
                .transform(rows)
                .collectAsList();
        assertThat(kept).hasSize(6);
        for (Row row : kept) {
            int id = row.getAs("id");
            assertThat(Double.isNaN(row.<Double>getAs("prediction"))).isEqualTo(id == 1 || id == 3 || id == 4);
        }
    }

    @Test
    void whatCannotBeReadIsSaidBeforeAnyRow() {
        LayercClassificationModel model = model("Three");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.transformSchema(new StructType().add("x", DataTypes.DoubleType)))
                .withMessage("no column of this name: expected one of x: column=features");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.transformSchema(new StructType().add("features", DataTypes.DoubleType)))
                .withMessage("column features must be of vectors: type=double");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.transformSchema(new StructType()
                        .add("features", SQLDataTypes.VectorType())
                        .add("prediction", DataTypes.DoubleType)))
                .withMessage("there is a column of this name already: column=prediction");
        try (Engine engine = Networks.engine("Margin", 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LayercClassificationModel.of(engine))
                    .withMessage("network Margin must have outputs that are probabilities of classes: loss=hinge");
        }
        try (Engine engine = Networks.engine("Three", 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LayercRegressionModel.of(engine))
                    .withMessage(
                            "network Three must be a regression with one output: loss=categorical_cross_entropy, outputs=3");
        }
    }

    @Test
    void modelsAreSavedAndLoadedAlsoWithinPipelines() throws Exception {
        LayercClassificationModel model = model("Three").setBatchSize(17).setPredictionCol("kind");
        String path = folder.resolve("model").toString();
        model.save(path);
        LayercClassificationModel loaded = LayercClassificationModel.load(path);
        assertThat(loaded.uid()).isEqualTo(model.uid());
        assertThat(loaded.getBatchSize()).isEqualTo(17);
        assertThat(loaded.getPredictionCol()).isEqualTo("kind");
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
        // a file that the class itself reads
        try (Engine engine = Networks.engine("Three", 1)) {
            engine.load(folder.resolve("model").resolve("model.h5"));
            assertThat(engine.parametersAsDouble()).isEqualTo(model.network().parameters());
        }
        org.apache.spark.sql.Dataset<Row> rows = Rows.of(session, Rows.points(5, 4, 3, 6), Rows.VECTORS, 1);
        PipelineModel pipeline =
                new Pipeline().setStages(new PipelineStage[] {model}).fit(rows);
        pipeline.write().overwrite().save(folder.resolve("pipeline").toString());
        assertThat(PipelineModel.load(folder.resolve("pipeline").toString())
                        .transform(rows)
                        .collectAsList())
                .isEqualTo(model.transform(rows).collectAsList());
        assertThat(model.copy(new ParamMap()).uid()).isEqualTo(model.uid());
    }

    @Test
    void functionsOfSql() {
        LayercClassificationModel model = model("Three");
        model.register(session, "three");
        Rows.of(session, Rows.points(8, 4, 3, 7), Rows.VECTORS, 2).createOrReplaceTempView("points");
        List<Row> rows = session.sql("SELECT features, three(features), three_probability(features) FROM points")
                .collectAsList();
        for (Row row : rows) {
            assertThat(row.getDouble(1)).isEqualTo(model.predict(row.<Vector>getAs(0)));
            assertThat(row.<Vector>getAs(2)).isEqualTo(model.predictProbability(row.getAs(0)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void streamsAreScoredAsTheyCome(int files) throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        List<Row> rows = Rows.points(20, 4, 3, 8);
        Rows.of(session, rows, Rows.VECTORS, files).write().mode("append").parquet(source.toString());
        LayercClassificationModel model = model("Three");
        StreamingQuery query = model.transform(
                        session.readStream().schema(Rows.VECTORS).parquet(source.toString()))
                .writeStream()
                .format("memory")
                .queryName("scored" + files)
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination(60_000);
        assertThat(session.table("scored" + files).orderBy("id").collectAsList())
                .isEqualTo(model.transform(Rows.of(session, rows, Rows.VECTORS, 1))
                        .orderBy("id")
                        .collectAsList());
    }
}
