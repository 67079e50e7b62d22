package io.github.layerc.spark;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.scoring.Scorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Measures beside Spark's own {@code MultilayerPerceptronClassifier}, and how one and two executors compare, and scoring on one core beside the class alone. Run by hand, the first argument
 * says what: {@code peers ROWS}, {@code growth ROWS NETWORK...}, {@code rate ROWS NETWORK...}. MLlib trains once and first, layerc later and twice; all else is the best of some runs.
 */
final class SparkBenchmark {
    private static final int INPUTS = 100;

    private static final int WIDEST = 784;

    /** Of a training whose steps are timed. */
    private static final int STEPS = 20;

    /** Twice as many as count. */
    private static final int TURNS = 8;

    private SparkBenchmark() {}

    public static void main(String[] arguments) {
        int rows = Integer.parseInt(arguments[1]);
        List<String> some = List.of(arguments).subList(2, arguments.length);
        switch (arguments[0]) {
            case "peers" -> locally(2, session -> peers(session, rows));
            case "rate" -> locally(1, session -> rates(session, rows, orElse(some, "Wide", "Deep", "Digits", "Broad")));
            case "growth" -> {
                // the rows have to fit, or they are made anew each time
                if (System.getProperty(TestCluster.MEMORY) == null) {
                    System.setProperty(TestCluster.MEMORY, "4g");
                }
                for (int executors = 1; executors <= 2; executors++) {
                    try (TestCluster cluster = new TestCluster(executors)) {
                        SparkSession session = cluster.session();
                        session.sparkContext().setLogLevel("WARN");
                        growth(session, executors, rows, orElse(some, "Wide", "Deep"));
                        session.stop();
                    }
                }
            }
            default -> throw new IllegalArgumentException("expected peers, growth or rate: " + arguments[0]);
        }
    }

    private static List<String> orElse(List<String> some, String... usual) {
        return some.isEmpty() ? List.of(usual) : some;
    }

    private static void locally(int threads, Consumer<SparkSession> work) {
        SparkSession session = Sessions.local(threads);
        session.sparkContext().setLogLevel("WARN");
        work.accept(session);
        session.stop();
    }

    /** Two classes that a curved surface divides, with noise; the same rows in the same partitions, however often they are asked for. */
    private static Dataset<Row> data(SparkSession session, int rows, int partitions, int inputs) {
        MapPartitionsFunction<Long, Row> make = ids -> rows(ids, inputs);
        Dataset<Row> data = session.range(0, rows, 1, partitions)
                .as(Encoders.LONG())
                .mapPartitions(make, Encoders.row(Rows.VECTORS))
                .persist(StorageLevel.MEMORY_ONLY());
        data.count();
        return data;
    }

    private static Iterator<Row> rows(Iterator<Long> ids, int inputs) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return ids.hasNext();
            }

            @Override
            public Row next() {
                long id = ids.next();
                Random random = new Random(id);
                double[] x = IntStream.range(0, inputs)
                        .mapToDouble(i -> random.nextGaussian())
                        .toArray();
                double z = x[0] * x[1] + x[2] + 0.5 * x[3] * x[3] - 0.5 + 0.3 * random.nextGaussian();
                return RowFactory.create(Vectors.dense(x), z > 0 ? 1.0 : 0.0, (int) id);
            }
        };
    }

    /** The same rows 2^times times. */
    private static Dataset<Row> often(Dataset<Row> data, int times) {
        Dataset<Row> often = data;
        for (int i = 0; i < times; i++) {
            often = often.union(often);
        }
        return often;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double best(int times, Runnable work) {
        return IntStream.range(0, times).mapToDouble(i -> seconds(work)).min().orElseThrow();
    }

    private static void say(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }

    private static void drain(Dataset<Row> rows) {
        rows.write().format("noop").mode("overwrite").save();
    }

    private static double logLoss(Dataset<Row> scored) {
        return scored.select(
                        org.apache
                                .spark
                                .ml
                                .functions
                                .vector_to_array(org.apache.spark.sql.functions.col("probability"), "float64")
                                .as("p"),
                        org.apache.spark.sql.functions.col("label"))
                .selectExpr("-avg(ln(greatest(p[cast(label as int)], 1e-15)))")
                .first()
                .getDouble(0);
    }

    private static void peers(SparkSession session, int rows) {
        Dataset<Row> data = data(session, rows, 4, INPUTS);
        MultilayerPerceptronClassifier mllib = new MultilayerPerceptronClassifier()
                .setLayers(new int[] {INPUTS, 32, 16, 2})
                .setSeed(1)
                .setTol(0)
                .setMaxIter(60);
        MultilayerPerceptronClassificationModel[] theirs = new MultilayerPerceptronClassificationModel[1];
        double theirTime = seconds(() -> theirs[0] = mllib.fit(data));
        double theirLoss = logLoss(theirs[0].transform(data));
        say("MLlib 60 iterations: %.2f s, log loss %.4f", theirTime, theirLoss);
        for (String strategy : new String[] {"full_batch", "averaging"}) {
            LayercClassifier ours = new LayercClassifier()
                    .setNetwork(Networks.className("Wide"))
                    .setStrategy(strategy);
            if (strategy.equals("full_batch")) {
                ours.setOptimizer("lbfgs");
            }
            for (int steps = 1; steps <= 256; steps *= 2) {
                ours.setMaxIter(steps);
                LayercClassificationModel[] model = new LayercClassificationModel[1];
                double time = seconds(() -> model[0] = ours.fit(data));
                double loss = logLoss(model[0].transform(data));
                say("layerc %s %d: %.2f s, log loss %.4f, %.1f times", strategy, steps, time, loss, theirTime / time);
                if (loss <= theirLoss) {
                    double again = best(2, () -> ours.fit(data));
                    say("layerc %s reaches it: %.2f s, %.1f times as fast", strategy, again, theirTime / again);
                    break;
                }
            }
        }
        LayercClassificationModel model = LayercClassificationModel.of(Networks.engine("Wide", 1));
        double read = best(5, () -> drain(data));
        double mllibScores = best(5, () -> drain(theirs[0].transform(data)));
        double ourScores = best(5, () -> drain(model.transform(data)));
        say(
                "scoring: reading %.3f s, MLlib %.3f s (%.0f rows/s), layerc %.3f s (%.0f rows/s), %.1f times as fast",
                read, mllibScores, rows / mllibScores, ourScores, rows / ourScores, mllibScores / ourScores);
    }

    /**
     * Scoring of cached vectors on one core, reading them, and the class alone, over as many rows of floats and over as many vectors, by turns: the medians.
     *
     * @param most rows of the widest vectors; of others as many as have the same size, so that a job takes long enough
     */
    private static void rates(SparkSession session, int most, List<String> networks) {
        for (String network : networks) {
            try (Engine engine = Networks.engine(network, 256)) {
                int inputs = engine.network().inputs();
                int rows = (int) ((long) most * WIDEST / inputs);
                Dataset<Row> data = data(session, rows, 2, inputs);
                Dataset<Row> often = often(data, 3);
                LayercClassificationModel model = LayercClassificationModel.of(engine);
                float[] samples = new float[rows * inputs];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = i % 64 - 32;
                }
                float[] out = new float[rows * engine.network().outputs()];
                Vector[] vectors = vectors(rows, inputs);
                Scorer scorer = Scorer.open(NetworkModel.of(engine), "", 256);
                List<Double> alone = new ArrayList<>();
                List<Double> ofVectors = new ArrayList<>();
                List<Double> reading = new ArrayList<>();
                List<Double> scoring = new ArrayList<>();
                for (int i = 0; i < TURNS; i++) {
                    alone.add(seconds(() -> ((FloatEngine) engine).predict(samples, rows, out)) / rows);
                    ofVectors.add(seconds(() -> predict(scorer, vectors)) / rows);
                    reading.add(seconds(() -> drain(often)) / rows / 8);
                    scoring.add(seconds(() -> drain(model.transform(often))) / rows / 8);
                }
                say(
                        "%s: a row %.2f us through transform, of which reading %.2f us; by the class alone %.2f us, %.0f %% of its rate; from vectors %.2f us, %.0f %%",
                        network,
                        1e6 * median(scoring),
                        1e6 * median(reading),
                        1e6 * median(alone),
                        100 * median(alone) / median(scoring),
                        1e6 * median(ofVectors),
                        100 * median(ofVectors) / median(scoring));
                scorer.close();
                data.unpersist(true);
            }
        }
    }

    private static Vector[] vectors(int rows, int inputs) {
        Vector[] vectors = new Vector[rows];
        for (int i = 0; i < rows; i++) {
            double[] values = new double[inputs];
            for (int k = 0; k < inputs; k++) {
                values[k] = (i * inputs + k) % 64 - 32;
            }
            vectors[i] = Vectors.dense(values);
        }
        return vectors;
    }

    /** What a program does that has vectors and no Spark: a batch at a time, each number rounded to what the class takes. */
    private static void predict(Scorer scorer, Vector... vectors) {
        for (int from = 0; from < vectors.length; from += scorer.batch()) {
            int count = Math.min(scorer.batch(), vectors.length - from);
            for (int i = 0; i < count; i++) {
                scorer.set(i, vectors[from + i]);
            }
            scorer.predict(count);
        }
    }

    /** Of the later half. */
    private static double median(List<Double> turns) {
        List<Double> later = new ArrayList<>(turns.subList(turns.size() / 2, turns.size()));
        Collections.sort(later);
        return later.get(later.size() / 2);
    }

    /** What a job takes that does next to nothing is in all of these. */
    private static void growth(SparkSession session, int executors, int rows, List<String> networks) {
        Dataset<Row> data = data(session, rows, 2, INPUTS);
        Dataset<Row> often = often(data, 3);
        for (String network : networks) {
            LayercClassificationModel model = LayercClassificationModel.of(Networks.engine(network, 1));
            Dataset<Row> scored = model.transform(often);
            say(
                    "%d executors, %s: scoring %.3f s for %d rows",
                    executors, network, best(6, () -> drain(scored)), 8 * rows);
            LayercClassifier estimator = new LayercClassifier()
                    .setNetwork(Networks.className(network))
                    .setStrategy("full_batch")
                    .setOptimizer("adam");
            Steps steps = new Steps();
            session.sparkContext().addSparkListener(steps);
            estimator.setMaxIter(STEPS);
            IntStream.range(0, 3).forEach(again -> estimator.fit(data));
            session.sparkContext().removeSparkListener(steps);
            say("%d executors, %s: full_batch %.3f s an iteration", executors, network, steps.median(2 * STEPS));
        }
    }

    /** What each job takes, from its start to its end at the driver. */
    private static final class Steps extends SparkListener {
        private final List<Double> seconds = Collections.synchronizedList(new ArrayList<>());
        private long start;

        @Override
        public void onJobStart(SparkListenerJobStart started) {
            start = started.time();
        }

        @Override
        public void onJobEnd(SparkListenerJobEnd ended) {
            seconds.add((ended.time() - start) * 1e-3);
        }

        /** Of the last ones. */
        double median(int count) {
            List<Double> last = new ArrayList<>(seconds.subList(seconds.size() - count, seconds.size()));
            Collections.sort(last);
            return last.get(count / 2);
        }
    }
}
