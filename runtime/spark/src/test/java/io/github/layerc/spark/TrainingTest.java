package io.github.layerc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    private static SparkSession session;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        session = Sessions.local(2);
    }

    private static LayercClassifier classifier(String network) {
        return new LayercClassifier().setNetwork(Networks.className(network));
    }

    private static org.apache.spark.sql.Dataset<Row> points(int partitions) {
        return Rows.of(session, Rows.points(90, 4, 3, 1), Rows.VECTORS, partitions);
    }

    private static Dataset dataset(List<Row> rows, int inputs, int outputs) {
        double[] samples = new double[rows.size() * inputs];
        int[] labels = new int[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(rows.get(i).<Vector>getAs(0).toArray(), 0, samples, i * inputs, inputs);
            labels[i] = (int) rows.get(i).getDouble(1);
        }
        return Dataset.of(samples, inputs, labels, outputs);
    }

    /** The same training on one machine, without Spark. */
    private static double[] costsOfOneMachine(
            String network, int inputs, int outputs, List<Row> rows, TrainingSettings settings, int steps) {
        double[] costs = new double[steps];
        try (Engine engine = Networks.engine(network, 32);
                Training training = engine.train(dataset(rows, inputs, outputs), settings)) {
            for (int i = 0; i < steps; i++) {
                costs[i] = training.step(settings.learningRate());
            }
        }
        return costs;
    }

    /** Penalties, a schedule, clipping; patience with the cost; an exponential average that rows for validation monitor. */
    @ParameterizedTest
    @CsvSource({
        "Careful,full_batch",
        "Careful,averaging",
        "Patient,full_batch",
        "Patient,averaging",
        "Averaged,full_batch"
    })
    void aTrainingIsThatOfOneMachine(String network, String strategy) {
        List<Row> points = Rows.points(120, 4, 3, 1);
        List<Row> held = points.stream().filter(row -> row.getInt(2) % 4 == 0).toList();
        List<Row> others = points.stream().filter(row -> row.getInt(2) % 4 != 0).toList();
        Trainer.Result expected;
        double[] parameters;
        try (Engine engine = Networks.engine(network, 32)) {
            TrainingSettings settings = engine.network().training().withForm(Form.DIRECT);
            expected =
                    new Trainer(settings, 1).withValidation(dataset(held, 4, 3)).train(engine, dataset(others, 4, 3));
            parameters = engine.parametersAsDouble();
        }
        LayercClassificationModel model = classifier(network)
                .setStrategy(strategy)
                .setNumPartitions(strategy.equals("averaging") ? 1 : 4)
                .setValidationIndicatorCol("held")
                .fit(Rows.of(session, points, Rows.VECTORS, 2).withColumn("held", functions.expr("id % 4 = 0")));
        List<History.Entry> entries = expected.history().entries();
        assertThat(model.summary().objectiveHistory())
                .containsExactly(
                        entries.stream().mapToDouble(History.Entry::cost).toArray(), Offset.offset(1e-10));
        assertThat(model.summary().validationHistory())
                .containsExactly(
                        entries.stream()
                                .mapToDouble(entry ->
                                        entry.validation().orElseThrow().cost())
                                .toArray(),
                        Offset.offset(1e-10));
        assertThat(model.network().parameters()).containsExactly(parameters, Offset.offset(1e-9));
        // each of them ends as it should, not at the same update anyway
        boolean patient = !network.equals("Careful");
        assertThat(entries.size() < 40).isEqualTo(patient);
        assertThat(expected.chosen() < entries.size()).isEqualTo(patient);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient_descent", "momentum", "adam", "lbfgs"})
    void fullBatchMakesTheStepsOfOneMachine(String optimizer) {
        Optimizer how = Optimizer.all().stream()
                .filter(some -> some.keyword().equals(optimizer))
                .findFirst()
                .orElseThrow();
        TrainingSettings settings = new TrainingSettings(how, how.searches() ? 1 : 0.05).withForm(Form.DIRECT);
        double[] expected = costsOfOneMachine("ThreeDouble", 4, 3, Rows.points(90, 4, 3, 1), settings, 12);
        LayercClassificationModel model = classifier("ThreeDouble")
                .setStrategy("full_batch")
                .setOptimizer(optimizer)
                .setLearningRate(settings.learningRate())
                .setMaxIter(12)
                .fit(points(5));
        assertThat(model.summary().objectiveHistory()).containsExactly(expected, Offset.offset(1e-9));
        assertThat(expected[11]).isLessThan(expected[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full_batch", "averaging"})
    void bitsDependOnThePartitionsAlone(String strategy) {
        LayercClassifier estimator =
                classifier("Three").setStrategy(strategy).setNumPartitions(3).setMaxIter(6);
        double[] parameters = estimator.fit(points(4)).network().parameters();
        List<Row> other = Rows.shuffled(Rows.points(90, 4, 3, 1), 5);
        double[] again = estimator
                .fit(Rows.of(session, other, Rows.VECTORS, 7))
                .network()
                .parameters();
        assertThat(again).isEqualTo(parameters);
    }

    @Test
    void averagingLearns() {
        LayercClassificationModel model = classifier("Three")
                .setStrategy("averaging")
                .setLocalEpochs(2)
                .setMaxIter(20)
                .fit(points(4));
        double[] costs = model.summary().objectiveHistory();
        assertThat(costs).hasSize(20);
        assertThat(costs[19]).isLessThan(0.7 * costs[0]);
        assertThat(accuracy(model, points(2))).isGreaterThan(0.75);
        assertThat(model.summary().strategy()).isEqualTo("averaging");
    }

    private static double accuracy(LayercClassificationModel model, org.apache.spark.sql.Dataset<Row> rows) {
        org.apache.spark.sql.Dataset<Row> scored = model.transform(rows);
        return (double) scored.filter("prediction = label").count() / scored.count();
    }

    @Test
    void oneAveragedPartitionIsATrainingOfOneMachine() {
        // all rows in a batch: no permutation matters but for the order of sums
        TrainingSettings settings = new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.2).withForm(Form.DIRECT);
        double[] expected = costsOfOneMachine("ThreeDouble", 4, 3, Rows.points(90, 4, 3, 1), settings, 5);
        assertThat(classifier("ThreeDouble")
                        .setStrategy("averaging")
                        .setNumPartitions(1)
                        .setBlockSize(1000)
                        .setMaxIter(5)
                        .fit(points(2))
                        .summary()
                        .objectiveHistory())
                .containsExactly(expected, Offset.offset(1e-12));
    }

    @Test
    void emptyPartitionsAndSuchOfOneClassChangeNothing() {
        List<Row> sorted = new ArrayList<>(Rows.points(90, 4, 3, 1));
        sorted.sort((a, b) -> Double.compare(a.getDouble(1), b.getDouble(1)));
        org.apache.spark.sql.Dataset<Row> few =
                Rows.of(session, sorted, Rows.VECTORS, 3).union(Rows.of(session, List.of(), Rows.VECTORS, 2));
        double[] costs = classifier("ThreeDouble")
                .setStrategy("full_batch")
                .setMaxIter(4)
                .fit(few)
                .summary()
                .objectiveHistory();
        assertThat(costs)
                .containsExactly(
                        classifier("ThreeDouble")
                                .setStrategy("full_batch")
                                .setMaxIter(4)
                                .fit(points(1))
                                .summary()
                                .objectiveHistory(),
                        Offset.offset(1e-12));
        assertThat(accuracy(
                        classifier("Three")
                                .setStrategy("averaging")
                                .setMaxIter(30)
                                .fit(few),
                        few))
                .isGreaterThan(0.75);
    }

    @Test
    void weightsOfClassesAndRowsCount() {
        // class 0 counts nothing: it is never predicted
        LayercClassificationModel model = classifier("Three")
                .setStrategy("full_batch")
                .setClassWeights(0, 1, 1)
                .setMaxIter(80)
                .setLearningRate(1)
                .fit(points(3));
        assertThat(model.transform(points(3)).filter("prediction = 0").count()).isZero();
        org.apache.spark.sql.Dataset<Row> weighted =
                points(3).withColumn("weight", functions.expr("cast(label > 0 as double)"));
        assertThat(classifier("Three")
                        .setStrategy("full_batch")
                        .setWeightCol("weight")
                        .setMaxIter(80)
                        .setLearningRate(1)
                        .fit(weighted)
                        .network()
                        .parameters())
                .containsExactly(model.network().parameters(), Offset.offset(1e-4));
    }

    @Test
    void rowsForValidationAreNotTrainedWith() {
        org.apache.spark.sql.Dataset<Row> rows = points(3).withColumn("held", functions.expr("id % 3 = 0"));
        LayercClassificationModel model = classifier("ThreeDouble")
                .setStrategy("full_batch")
                .setValidationIndicatorCol("held")
                .setMaxIter(5)
                .fit(rows);
        double[] others = classifier("ThreeDouble")
                .setStrategy("full_batch")
                .setMaxIter(5)
                .fit(rows.filter("not held"))
                .summary()
                .objectiveHistory();
        assertThat(model.summary().objectiveHistory()).containsExactly(others, Offset.offset(1e-12));
        assertThat(model.summary().validationHistory()).hasSize(5);
    }

    @Test
    void theToleranceEndsATraining() {
        double[] costs = classifier("Three")
                .setStrategy("full_batch")
                .setMaxIter(500)
                .setTol(1e-2)
                .fit(points(2))
                .summary()
                .objectiveHistory();
        assertThat(costs.length).isBetween(2, 499);
    }

    @Test
    void regressionsAndNamedColumns() {
        org.apache.spark.sql.Dataset<Row> slope = Rows.of(session, Rows.slope(200, 3), Rows.VECTORS, 3);
        LayercRegressionModel model = new LayercRegressor()
                .setNetwork(Networks.className("Slope"))
                .setStrategy("full_batch")
                .setOptimizer("lbfgs")
                .setMaxIter(60)
                .fit(slope);
        assertThat(model.transform(slope)
                        .selectExpr("max(abs(prediction - label))")
                        .first()
                        .getDouble(0))
                .isLessThan(0.08);
        org.apache.spark.sql.Dataset<Row> flowers = Rows.of(session, Rows.flowers(300, 2), Rows.FLOWERS, 3);
        LayercClassificationModel named =
                classifier("Flowers").setOptimizer("lbfgs").setMaxIter(30).fit(flowers);
        org.apache.spark.sql.Dataset<Row> scored = named.transform(flowers);
        assertThat(scored.filter("prediction = case species when 'rose' then 0 when 'tulip' then 1 else 2 end")
                        .count())
                .isGreaterThan(290);
        // names of classes, for IndexToString and people
        assertThat(new org.apache.spark.ml.feature.IndexToString()
                        .setInputCol("prediction")
                        .setOutputCol("name")
                        .transform(scored)
                        .select("name")
                        .distinct()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void modelsOfTablesAreSavedWithWhatTheyLearned() throws Exception {
        org.apache.spark.sql.Dataset<Row> flowers = Rows.of(session, Rows.flowers(60, 2), Rows.FLOWERS, 2);
        LayercClassificationModel model = classifier("Flowers").setMaxIter(3).fit(flowers);
        model.save(folder.resolve("flowers").toString());
        LayercClassificationModel loaded =
                LayercClassificationModel.load(folder.resolve("flowers").toString());
        assertThat(loaded.transform(flowers).collectAsList())
                .isEqualTo(model.transform(flowers).collectAsList());
        loaded.register(session, "flower");
        flowers.createOrReplaceTempView("flowers");
        assertThat(session.sql("SELECT flower(struct(*)) FROM flowers").collectAsList())
                .isEqualTo(model.transform(flowers).select("prediction").collectAsList());
        // the statistics of all rows are those of one machine
        assertThat(model.network().fitted().orElseThrow().line(0).center())
                .isCloseTo(flowers.selectExpr("avg(length)").first().getDouble(0), Offset.offset(1e-9));
    }

    @Test
    void valuesThatColumnsCannotHaveAreSaidWithTheirPlace() {
        org.apache.spark.sql.Dataset<Row> flowers = Rows.of(session, Rows.flowers(30, 2), Rows.FLOWERS, 2);
        LayercClassificationModel model = classifier("Flowers").setMaxIter(1).fit(flowers);
        Row[] bad = {
            RowFactory.create(1.0, 1f, "blue", true, "rose"),
            RowFactory.create(1.0, 1f, "red", null, "rose"),
            RowFactory.create(1.0, null, "red", true, "rose"),
            RowFactory.create(Double.POSITIVE_INFINITY, 1f, "red", true, "rose")
        };
        String[] problems = {
            "column color must have no value, or one of red, white: value=blue",
            "column wild must have false or true: value=null",
            "column width must have a number: value=null",
            "column length must have no value, or a number: value=Infinity"
        };
        for (int i = 0; i < bad.length; i++) {
            org.apache.spark.sql.Dataset<Row> rows =
                    Rows.of(session, List.of(Rows.flowers(30, 2).get(1), bad[i]), Rows.FLOWERS, 1);
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> model.transform(rows).collectAsList())
                    .withStackTraceContaining("partition 0, row 1: " + problems[i]);
            assertThat(model.copy(new ParamMap())
                            .setHandleInvalid("skip")
                            .transform(rows)
                            .count())
                    .isEqualTo(1);
        }
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> classifier("Flowers")
                        .fit(Rows.of(
                                session, List.of(RowFactory.create(1.0, 1f, "red", true, "daisy")), Rows.FLOWERS, 1)))
                .withMessage("no row that can be read: rows=1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.transformSchema(Rows.FLOWERS.add("prediction", DataTypes.DoubleType)))
                .withMessage("there is a column of this name already: column=prediction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.transform(flowers.withColumn("wild", functions.lit("yes"))))
                .withMessage("column wild cannot be read as boolean: type=string");
    }

    @Test
    void targetsOfTablesAreInTheirOwnUnit() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(RowFactory.create(20.0 + i, i % 9 == 0 ? null : i % 5, 500 + 12.0 * i + 30 * (i % 5)));
        }
        org.apache.spark.sql.Dataset<Row> flats = Rows.of(
                session,
                rows,
                new org.apache.spark.sql.types.StructType()
                        .add("area", DataTypes.DoubleType)
                        .add("floor", DataTypes.IntegerType)
                        .add("price", DataTypes.DoubleType),
                2);
        LayercRegressionModel model = new LayercRegressor()
                .setNetwork(Networks.className("Rent"))
                .setOptimizer("lbfgs")
                .setMaxIter(80)
                .fit(flats);
        assertThat(model.transform(flats)
                        .filter("floor is not null")
                        .selectExpr("avg(abs(prediction - price))")
                        .first()
                        .getDouble(0))
                .isLessThan(25);
    }

    @Test
    void whatDoesNotGoTogetherIsSaidInOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayercClassifier().fit(points(1)))
                .withMessage("the name of a generated class must be set: setNetwork: network=");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new LayercClassifier().setNetwork("no.Such").fit(points(1)))
                .withMessage("no.Such: no such class on the class path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier("Three").setLabelCol("features").fit(points(1)))
                .withMessageStartingWith("column features must be of numbers: type=struct");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier("Three").setOptimizer("sgd").fit(points(1)))
                .withMessageStartingWith("unknown optimizer: expected one of gradient_descent, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier("Three")
                        .setStrategy("averaging")
                        .setOptimizer("lbfgs")
                        .fit(points(1)))
                .withMessageContaining("expected strategy=full_batch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier("Three").setClassWeights(1, 2).fit(points(1)))
                .withMessage("class weights must be one for each of 3 classes: classWeights=[1.0, 2.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier("Three").fit(points(1).filter("id < 0")))
                .withMessage("network Three: no row to train with: rows=0");
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> classifier("Two").fit(points(1)))
                .withStackTraceContaining("partition 0, row 2: column label must have a class from 0 to 1: value=2.0");
        assertThat(classifier("Two")
                        .setHandleInvalid("skip")
                        .setMaxIter(1)
                        .fit(points(2))
                        .summary()
                        .droppedRows())
                .isEqualTo(30);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier("Two").setHandleInvalid("keep").fit(points(1)))
                .withMessage("no row without inputs can be trained with: expected error or skip: handleInvalid=keep");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new LayercRegressor()
                        .setNetwork(Networks.className("Slope"))
                        .setStrategy("full_batch")
                        .setLearningRate(1e6)
                        .setMaxIter(400)
                        .fit(Rows.of(session, Rows.slope(20, 1), Rows.VECTORS, 1)))
                .withMessageContaining("the training has diverged");
    }

    @Test
    void theChoiceOfAStrategyIsExplained() {
        LayercClassificationModel model = classifier("Three").setMaxIter(2).fit(points(2));
        assertThat(model.summary().reason())
                .matches(
                        "averaging since it is the cheaper one: 90 rows, \\d+ operations a row, 2 cores: averaging .* s \\(2 rounds of 1 epochs\\), full_batch .*");
        // one step in an epoch: exact gradients cost the same
        assertThat(classifier("Three")
                        .setBlockSize(1000)
                        .setMaxIter(2)
                        .fit(points(2))
                        .summary()
                        .reason())
                .startsWith("full_batch since it is the cheaper one: ");
        assertThat(classifier("Flowers")
                        .setMaxIter(1)
                        .fit(Rows.of(session, Rows.flowers(30, 1), Rows.FLOWERS, 1))
                        .summary()
                        .strategy())
                .isEqualTo("full_batch");
    }

    @Test
    void estimatorsAreSavedAndLoaded() throws Exception {
        LayercClassifier estimator =
                classifier("Three").setMaxIter(7).setClassWeights(1, 2, 3).setTol(0.5);
        estimator.save(folder.resolve("estimator").toString());
        LayercClassifier loaded =
                LayercClassifier.load(folder.resolve("estimator").toString());
        assertThat(loaded.uid()).isEqualTo(estimator.uid());
        assertThat(loaded.getOrDefault(loaded.classWeights())).containsExactly(1, 2, 3);
        loaded.clear(loaded.classWeights());
        estimator.clear(estimator.classWeights());
        assertThat(loaded.explainParams()).isEqualTo(estimator.explainParams());
        // rows of a vector without labels: what is wrong is said before any job
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loaded.transformSchema(points(1).drop("label").schema()))
                .withMessageContaining("column=label");
        assertThat(loaded.transformSchema(points(1).schema()).fieldNames())
                .endsWith("rawPrediction", "probability", "prediction");
    }
}
