package io.github.layerc.spark.training;

import io.github.layerc.command.Engines;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spark.scoring.ColumnReader;
import io.github.layerc.spark.scoring.InvalidRows;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.scoring.RowReader;
import io.github.layerc.spark.scoring.Schemas;
import io.github.layerc.spark.training.shard.Packing;
import io.github.layerc.spark.training.shard.Shard;
import io.github.layerc.spark.training.shard.TableStatistics;
import io.github.layerc.spark.training.shard.TargetReader;
import io.github.layerc.spark.training.shard.Validation;
import io.github.layerc.table.Fitted;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/** One training: rows read, checked and packed, a strategy chosen and followed. */
public final class TrainingJob {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final Request request;
    private final Network network;
    private final Engines engines;
    private final TrainingSettings settings;

    /**
     * What is asked for.
     *
     * @param className of the generated class
     * @param columns where inputs, labels and weights stand
     * @param strategy empty for the cheaper one
     * @param maxIter iterations or rounds, 0 for as many as the spec says
     * @param localEpochs of a round
     * @param classWeights one for each class, or none for those of the spec
     * @param numPartitions that the rows are distributed to anew, 0 to leave them where they are with {@code full_batch}, and for as many as there are with {@code averaging}
     * @param statisticsRows that a table learns of at most
     * @param target and {@code batch}, with which tasks open the class
     */
    public record Request(
            String className,
            Columns columns,
            Optional<Strategy> strategy,
            int maxIter,
            int localEpochs,
            StepSettings steps,
            double tolerance,
            Optional<ClassWeights> classWeights,
            int numPartitions,
            long statisticsRows,
            long seed,
            String target,
            int batch,
            InvalidRows.Rule invalid) {}

    /**
     * Names of columns.
     *
     * @param features of vectors, where the network names no columns
     * @param label of classes or numbers, where it names none
     * @param weight empty for none
     * @param validates empty for none
     */
    public record Columns(String features, String label, String weight, String validates) {}

    /**
     * What it leads to.
     *
     * @param reason why this strategy
     * @param dropped rows that could not be read and were left out
     */
    public record Trained(NetworkModel model, Outcome outcome, Strategy strategy, String reason, long dropped) {}

    public TrainingJob(Request request) {
        this.request = request;
        this.engines = Engines.of(request.className(), Thread.currentThread().getContextClassLoader());
        this.network = engines.network();
        this.settings = request.steps().of(network);
        requirePossible();
    }

    /** What no strategy can do is said before rows are read. */
    private void requirePossible() {
        if (request.invalid() == InvalidRows.Rule.KEEP) {
            throw new IllegalArgumentException(
                    "no row without inputs can be trained with: expected error or skip: handleInvalid=keep");
        }
        boolean averaged = settings.averaging() > 0;
        if (averaged && strategyByNature().equals(Optional.of(Strategy.AVERAGING))) {
            throw refusal(
                    "no exponential average with strategy averaging: expected strategy=full_batch, or a spec without it: averaging="
                            + settings.averaging());
        }
        if (settings.schedule().waitsForPlateau()) {
            throw refusal("no schedule waits for a plateau on a cluster: schedule=" + settings.schedule());
        }
        settings.earlyStopping().map(EarlyStopping::monitor).ifPresent(monitor -> {
            if (!monitor.isCost()) {
                throw refusal("early stopping on a cluster monitors a cost: monitor=" + monitor.keyword());
            }
            if (averaged && !monitor.needsValidation()) {
                throw refusal(
                        "early stopping on a cluster monitors an exponential average by rows for validation: expected "
                                + EarlyStopping.Monitor.VALIDATION_COST.keyword() + ": monitor=" + monitor.keyword());
            }
        });
    }

    private IllegalArgumentException refusal(String message) {
        return new IllegalArgumentException("network " + network.name() + ": " + message);
    }

    /**
     * Reads the rows, trains, and leaves nothing on the executors.
     *
     * @throws IllegalArgumentException if columns are missing or of other types, there is no row to train with, or network, optimizer and strategy do not go together
     */
    public Trained run(Dataset<?> data) {
        require(data.schema());
        Dataset<Row> all = data.toDF().select(used(data.schema()));
        SparkContext context = all.sparkSession().sparkContext();
        TargetReader target = target(all.schema());
        RowReader reader = reader(all.schema());
        boolean byIndicator = !request.columns().validates().isEmpty();
        Validation validation =
                new Validation(place(all, request.columns().validates()), byIndicator ? 0 : settings.validation());
        JavaRDD<Row> rows = distributed(all);
        NetworkModel start = start(rows, reader, target, validation);
        Broadcast<NetworkModel> shared = context.broadcast(start, ClassTag$.MODULE$.apply(NetworkModel.class));
        Packing packing = new Packing(
                shared,
                reader,
                target,
                place(all, request.columns().weight()),
                validation,
                request.invalid() == InvalidRows.Rule.SKIP);
        JavaRDD<Shard> shards = rows.mapPartitionsWithIndex(packing, true).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return train(context, shards, start, target.classes());
        } finally {
            shards.unpersist(false);
            shared.destroy();
        }
    }

    /**
     * Checks that rows of a schema can be trained with.
     *
     * @throws IllegalArgumentException if a column is not there, or cannot be read
     */
    public void require(StructType schema) {
        target(schema);
        reader(schema);
        requireMore(schema);
    }

    private TargetReader target(StructType schema) {
        return new TargetReader(
                schema, network, engines.table(), request.columns().label());
    }

    private RowReader reader(StructType schema) {
        return RowReader.of(schema, engines.table(), request.columns().features(), network);
    }

    private void requireMore(StructType schema) {
        requireType(schema, request.columns().weight(), NumericType.class, "numbers");
        requireType(schema, request.columns().validates(), BooleanType.class, "booleans");
    }

    private static void requireType(StructType schema, String name, Class<? extends DataType> type, String of) {
        if (!name.isEmpty()) {
            DataType found = schema.fields()[Schemas.place(schema, name)].dataType();
            if (!type.isInstance(found)) {
                throw new IllegalArgumentException(
                        "column " + name + " must be of " + of + ": type=" + found.catalogString());
            }
        }
    }

    /** What a training looks at: nothing else goes from machine to machine, or decides where a row goes. */
    private Column[] used(StructType schema) {
        Stream<String> inputs = engines.table()
                .map(table -> table.columns().stream().map(io.github.layerc.table.Column::name))
                .orElse(Stream.of(request.columns().features()));
        Stream<String> others = Stream.of(
                target(schema).name(),
                request.columns().weight(),
                request.columns().validates());
        return Stream.concat(inputs, others)
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(TrainingJob::column)
                .toArray(Column[]::new);
    }

    private static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    private static int place(Dataset<Row> data, String name) {
        return name.isEmpty() ? -1 : Schemas.place(data.schema(), name);
    }

    /** The class with the parameters of its initializer. */
    private NetworkModel start(JavaRDD<Row> rows, RowReader reader, TargetReader target, Validation validation) {
        Optional<Fitted> fitted = engines.table()
                .map(table -> new TableStatistics((ColumnReader) reader, target, validation)
                        .fit(rows, table, request.statisticsRows()));
        try (Engine engine = engines.open("", 1)) {
            engine.initialize();
            return NetworkModel.of(request.className(), engine.parametersAsDouble(), fitted);
        }
    }

    /** Averaging needs partitions that are alike: rows go where a hash of their contents says, the same for the same rows. */
    private JavaRDD<Row> distributed(Dataset<Row> data) {
        boolean asTheyAre = request.numPartitions() == 0 && strategyByNature().equals(Optional.of(Strategy.FULL_BATCH));
        if (asTheyAre) {
            return data.javaRDD();
        }
        int partitions = request.numPartitions() > 0
                ? request.numPartitions()
                : data.javaRDD().getNumPartitions();
        Column[] contents =
                Arrays.stream(data.columns()).map(TrainingJob::column).toArray(Column[]::new);
        return data.repartition(partitions, contents).javaRDD();
    }

    /** The one that was asked for, or the only one that the network can have. */
    private Optional<Strategy> strategyByNature() {
        if (request.strategy().isPresent()) {
            return request.strategy();
        }
        boolean local = network.batchNorm().isPresent()
                || network.layers().stream().map(Layer::dropout).anyMatch(rate -> rate > 0);
        boolean exact = settings.optimizer().searches()
                || settings.averaging() > 0
                || settings.batch() == TrainingSettings.FULL_BATCH;
        return local ? Optional.of(Strategy.AVERAGING) : exact ? Optional.of(Strategy.FULL_BATCH) : Optional.empty();
    }

    private Trained train(SparkContext context, JavaRDD<Shard> shards, NetworkModel start, int classes) {
        long[] counts = shards.map(TrainingJob::counts).fold(new long[classes + 1], TrainingJob::sum);
        long[] classRows = Arrays.copyOf(counts, classes);
        long dropped = counts[classes];
        if (dropped > 0) {
            LOG.warn("{} rows could not be read and were left out", dropped);
        }
        long rows = Arrays.stream(classRows).sum();
        if (rows == 0) {
            throw refusal("no row to train with: rows=0");
        }
        int capped = (int) Math.min(rows, Integer.MAX_VALUE);
        int epochs = settings.epochs() > 0
                ? settings.epochs()
                : Math.max(1, settings.updates(capped) / settings.updatesPerEpoch(capped));
        int rounds = request.maxIter() > 0
                ? request.maxIter()
                : (epochs + request.localEpochs() - 1) / request.localEpochs();
        int iterations = request.maxIter() > 0 ? request.maxIter() : epochs;
        Length length = new Length(iterations, rounds, request.localEpochs());
        CostModel model = new CostModel(
                rows,
                6.0 * network.layers().stream().mapToLong(Layer::weightCount).sum(),
                8L * network.parameterCount(),
                Math.min(context.defaultParallelism(), shards.getNumPartitions()),
                context.isLocal());
        int equivalent = model.iterations(
                rounds * request.localEpochs(),
                settings.updatesPerEpoch(Math.max(1, capped / shards.getNumPartitions())));
        Strategy strategy = strategyByNature()
                .orElse(
                        model.averaging(rounds, request.localEpochs()) < model.fullBatch(equivalent)
                                ? Strategy.AVERAGING
                                : Strategy.FULL_BATCH);
        String reason = reason(strategy) + ": " + model.line(equivalent, rounds, request.localEpochs());
        LOG.info("{}: {}", strategy.keyword(), reason);
        Cluster cluster = new Cluster(shards, weights(classRows), request.target(), request.batch());
        Outcome outcome =
                strategy.train(new Setup(cluster, start, request.steps(), request.tolerance()), length, request.seed());
        double[] parameters =
                outcome.parameters().stream().mapToDouble(each -> each).toArray();
        return new Trained(start.with(parameters), outcome, strategy, reason, dropped);
    }

    private String reason(Strategy strategy) {
        return request.strategy().isPresent()
                ? strategy.keyword() + " as asked for"
                : strategyByNature().isPresent()
                        ? strategy.keyword() + " since network and optimizer want it"
                        : strategy.keyword() + " since it is the cheaper one";
    }

    /** Rows of each class, and behind them those that were left out. */
    private static long[] counts(Shard shard) {
        long[] classRows = shard.classRows();
        long[] counts = Arrays.copyOf(classRows, classRows.length + 1);
        counts[classRows.length] = shard.droppedRows();
        return counts;
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = new long[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private double[] weights(long[] classRows) {
        Optional<ClassWeights> wanted = request.classWeights().or(settings::classWeights);
        if (wanted.isEmpty()) {
            double[] ones = new double[classRows.length];
            Arrays.fill(ones, 1);
            return ones;
        }
        int asked = wanted.get().weights().size();
        if (asked > 0 && asked != classRows.length) {
            throw new IllegalArgumentException("class weights must be one for each of " + classRows.length
                    + " classes: classWeights=" + wanted.get());
        }
        // counted in ints there: what matters are the shares
        long all = Arrays.stream(classRows).sum();
        double scale = Math.min(1, (double) Integer.MAX_VALUE / 2 / all);
        return wanted.get()
                .of(Arrays.stream(classRows)
                        .mapToInt(n -> (int) Math.ceil(n * scale))
                        .toArray());
    }
}
