package io.github.layerc.spark;

import io.github.layerc.spark.scoring.Answer;
import io.github.layerc.spark.scoring.BatchScoring;
import io.github.layerc.spark.scoring.InvalidRows;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.scoring.RowReader;
import io.github.layerc.spark.scoring.Schemas;
import io.github.layerc.spark.scoring.ScoredRows;
import io.github.layerc.spark.scoring.Scorer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import scala.reflect.ClassTag$;

/** Rows through a model, for both kinds of models. */
final class Scoring {
    private Scoring() {}

    /** The schema with what is added to it. */
    static StructType schema(NetworkModel model, StructType schema, String featuresCol, Answer answer) {
        RowReader.of(schema, model.table(), featuresCol, model.network());
        StructType all = schema;
        for (Answer.Added added : answer.added()) {
            StructField field = added.field();
            Schemas.requireNew(all, field.name());
            all = all.add(field);
        }
        return all;
    }

    /** All rows with what is added to them; lazy, as every transformation of a data set. */
    static Dataset<Row> transform(
            NetworkModel model, Dataset<?> data, ModelParams<?> params, String featuresCol, Answer answer) {
        StructType schema = schema(model, data.schema(), featuresCol, answer);
        SparkSession session = data.sparkSession();
        LongAccumulator dropped = session.sparkContext().longAccumulator("rows dropped by " + params.uid());
        BatchScoring scoring = new BatchScoring(
                broadcast(session, model),
                RowReader.of(data.schema(), model.table(), featuresCol, model.network()),
                answer,
                params.engine(),
                params.getBatchSize(),
                new InvalidRows(InvalidRows.Rule.of(params.getHandleInvalid()), dropped));
        if (model.table().isEmpty()
                && !data.isStreaming()
                && data instanceof org.apache.spark.sql.classic.Dataset<?> plain) {
            return plain.sparkSession().internalCreateDataFrame(new ScoredRows(plain, scoring), schema, false);
        }
        Dataset<Row> scored = data.toDF().mapPartitions(scoring, Encoders.row(schema));
        // an encoder of rows knows names and types alone
        return scored.select(Arrays.stream(schema.fields())
                .map(field -> functions
                        .col("`" + field.name().replace("`", "``") + "`")
                        .as(field.name(), field.metadata()))
                .toArray(Column[]::new));
    }

    static Broadcast<NetworkModel> broadcast(SparkSession session, NetworkModel model) {
        return session.sparkContext().broadcast(model, ClassTag$.MODULE$.apply(NetworkModel.class));
    }

    /**
     * Registers a function of SQL: of a vector, or of a struct with the spec's columns.
     *
     * @param answer whose first column it returns
     */
    static void register(SparkSession session, String name, NetworkModel model, String target, Answer answer) {
        Broadcast<NetworkModel> shared = broadcast(session, model);
        DataType type = answer.added().get(0).field().dataType();
        session.udf().register(name, new OneRow(shared::value, target, answer), type);
    }

    /** Where a model comes from. */
    interface Source extends Supplier<NetworkModel>, Serializable {}

    /** One sample at a time, through an instance of the class for each thread: a function has no end at which it could be closed. */
    static final class OneRow implements UDF1<Object, Object> {
        private static final long serialVersionUID = 1;

        private final Source model;
        private final String target;
        private final Answer answer;
        private transient ThreadLocal<Worker> workers;

        OneRow(Source model, String target, Answer answer) {
            this.model = model;
            this.target = target;
            this.answer = answer;
        }

        /** Of a vector, or of a row that has the spec's columns; null of null. */
        @Override
        public Object call(Object features) {
            return features == null ? null : workers().get().call(features);
        }

        /** Within a task it lasts as long as that; elsewhere as long as its thread. */
        private Worker worker() {
            Worker worker = new Worker(model.get(), target, answer);
            TaskContext task = TaskContext.get();
            if (task != null) {
                task.addTaskCompletionListener((TaskCompletionListener) ended -> {
                    worker.close();
                    workers().remove();
                });
            }
            return worker;
        }

        private synchronized ThreadLocal<Worker> workers() {
            if (workers == null) {
                workers = ThreadLocal.withInitial(this::worker);
            }
            return workers;
        }
    }

    /** What a thread has. */
    private static final class Worker {
        private final NetworkModel model;
        private final Scorer scorer;
        private final Answer answer;
        private final Answer.Added added;
        private final double[] numbers;
        private final double most;
        private StructType schema = new StructType();
        private Optional<RowReader> reader = Optional.empty();

        Worker(NetworkModel model, String target, Answer answer) {
            this.model = model;
            this.scorer = Scorer.open(model, target, 1);
            this.answer = answer;
            this.added = answer.added().get(0);
            this.numbers = new double[answer.numbers()];
            this.most = RowReader.most(model.network());
            answer.of(model);
        }

        void close() {
            scorer.close();
        }

        Object call(Object features) {
            if (features instanceof Row row && model.table().isPresent()) {
                read(row);
            } else {
                read(features);
            }
            scorer.predict(1);
            answer.write(scorer, 0, numbers);
            return added.value(numbers, 0);
        }

        private void read(Object features) {
            String found = features instanceof Vector vector
                    ? vector.size() == scorer.inputs() ? Arrays.toString(vector.toArray()) : "size " + vector.size()
                    : features.getClass().getSimpleName();
            if (model.table().isPresent()
                    || !(features instanceof Vector some)
                    || some.size() != scorer.inputs()
                    || !Arrays.stream(some.toArray()).allMatch(x -> Math.abs(x) <= most)) {
                throw new IllegalArgumentException("network " + model.network().name() + " takes "
                        + (model.table().isPresent()
                                ? "a struct with the columns of its spec"
                                : "a vector of " + scorer.inputs() + " finite numbers")
                        + ": value=" + found);
            }
            scorer.set(0, some);
        }

        private void read(Row row) {
            if (reader.isEmpty() || !row.schema().equals(schema)) {
                schema = row.schema();
                RowReader some = RowReader.of(schema, model.table(), "", model.network());
                some.fit(model.fitted());
                reader = Optional.of(some);
            }
            RowReader some = reader.get();
            if (!some.read(row)) {
                throw new IllegalArgumentException(some.problem());
            }
            some.give(scorer, 0);
        }
    }
}
