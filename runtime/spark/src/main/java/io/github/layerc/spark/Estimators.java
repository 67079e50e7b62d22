package io.github.layerc.spark;

import io.github.layerc.network.ClassWeights;
import io.github.layerc.spark.scoring.InvalidRows;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.training.Outcome;
import io.github.layerc.spark.training.StepSettings;
import io.github.layerc.spark.training.Strategy;
import io.github.layerc.spark.training.TrainingJob;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** What both estimators do alike. */
final class Estimators {
    private Estimators() {}

    /** Makes a model. */
    interface Constructor<M> extends BiFunction<NetworkModel, TrainingSummary, M> {}

    /** A column that an estimator may have been told, or nothing. */
    private static String text(Params params, Param<String> param) {
        return params.isDefined(param) ? params.getOrDefault(param) : "";
    }

    private static <T> T or(Params params, Param<T> param, T otherwise) {
        return params.isDefined(param) ? params.getOrDefault(param) : otherwise;
    }

    /**
     * Trains with all rows of a data set; the model takes over what was set.
     *
     * @throws IllegalArgumentException if columns, network and parameters do not go together
     */
    static <M extends Model<M>, E extends Estimator<M> & TrainingParams<?>> M fit(
            E estimator, Dataset<?> data, Constructor<M> constructor) {
        return estimator.copyValues(train(estimator, data, constructor).setParent(estimator), new ParamMap());
    }

    /** The same without what was set. */
    static <M> M train(TrainingParams<?> params, Dataset<?> data, Constructor<M> constructor) {
        // a network of another kind is refused before its rows are read
        untrained(params, constructor);
        TrainingJob.Trained trained = new TrainingJob(request(params)).run(data);
        Outcome outcome = trained.outcome();
        TrainingSummary summary = new TrainingSummary(
                trained.strategy().keyword(),
                trained.reason(),
                trained.dropped(),
                new TrainingSummary.History(array(outcome.costs()), array(outcome.validationCosts())));
        return constructor.apply(trained.model(), summary);
    }

    /** The schema of what the model will make of rows of a schema, which have to be such that can be trained with. */
    static <M extends Model<M>> StructType schema(
            TrainingParams<?> params, StructType schema, Constructor<M> constructor) {
        new TrainingJob(request(params)).require(schema);
        return params.copyValues(untrained(params, constructor), new ParamMap()).transformSchema(schema);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(each -> each).toArray();
    }

    /** A model for its schema only. */
    private static <M> M untrained(TrainingParams<?> params, Constructor<M> constructor) {
        return constructor.apply(NetworkModel.untrained(className(params)), TrainingSummary.NONE);
    }

    private static String className(TrainingParams<?> params) {
        String name = text(params, params.network());
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a generated class must be set: setNetwork: network=");
        }
        return name;
    }

    private static TrainingJob.Request request(TrainingParams<?> params) {
        String strategy = params.getOrDefault(params.strategy());
        return new TrainingJob.Request(
                className(params),
                new TrainingJob.Columns(
                        params.getFeaturesCol(),
                        params.getLabelCol(),
                        text(params, params.weightCol()),
                        text(params, params.validationIndicatorCol())),
                Arrays.stream(Strategy.values())
                        .filter(some -> some.keyword().equals(strategy))
                        .findFirst(),
                (Integer) or(params, params.maxIter(), 0),
                (Integer) params.getOrDefault(params.localEpochs()),
                new StepSettings(
                        text(params, params.optimizer()), (Double) or(params, params.learningRate(), 0.0), (Integer)
                                or(params, params.blockSize(), 0)),
                (Double) params.getOrDefault(params.tol()),
                params.isDefined(params.classWeights())
                        ? Optional.of(ClassWeights.of(params.getOrDefault(params.classWeights())))
                        : Optional.empty(),
                (Integer) or(params, params.numPartitions(), 0),
                (Integer) params.getOrDefault(params.statisticsRows()),
                (Long) params.getOrDefault(params.seed()),
                params.engine(),
                params.getBatchSize(),
                InvalidRows.Rule.of(params.getHandleInvalid()));
    }

    /** Writes the parameters of an estimator. */
    static final class Writer extends MLWriter {
        private final Params instance;

        Writer(Params instance) {
            this.instance = instance;
        }

        @Override
        public void saveImpl(String path) {
            DefaultParamsWriter$.MODULE$.saveMetadata(instance, path, sparkSession());
        }
    }

    /** Reads them. */
    static final class Reader<E extends Params> extends MLReader<E> {
        private final Class<E> type;
        private final Supplier<E> constructor;

        Reader(Class<E> type, Supplier<E> constructor) {
            this.type = type;
            this.constructor = constructor;
        }

        @Override
        public E load(String path) {
            DefaultParamsReader.Metadata metadata =
                    DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), type.getName());
            E read = Uid.with(metadata.uid(), constructor);
            metadata.getAndSetParams(read, Option.empty());
            return read;
        }
    }
}
