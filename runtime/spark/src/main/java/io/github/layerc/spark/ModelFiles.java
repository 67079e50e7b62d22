package io.github.layerc.spark;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.command.Engines;
import io.github.layerc.spark.scoring.NetworkModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.json4s.JObject;
import org.json4s.JString;
import org.json4s.JValue;
import scala.Option;
import scala.Some;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A saved model: {@code metadata}, as all of Spark ML has it, and {@code model.h5}, which {@code load} of the generated class and every goal of the plugin read.
 */
final class ModelFiles {
    private static final String MODEL = "model.h5";
    private static final String NETWORK = "network";
    private static final String STRATEGY = "strategy";

    private ModelFiles() {}

    /** Writes a model. */
    static final class Writer extends MLWriter {
        private final Params instance;
        private final NetworkModel model;
        private final TrainingSummary summary;

        Writer(Params instance, NetworkModel model, TrainingSummary summary) {
            this.instance = instance;
            this.model = model;
            this.summary = summary;
        }

        @Override
        public void saveImpl(String path) {
            JObject more = new JObject(CollectionConverters.asScala(
                            List.of(field(NETWORK, model.className()), field(STRATEGY, summary.strategy())))
                    .toList());
            DefaultParamsWriter$.MODULE$.saveMetadata(instance, path, sparkSession(), new Some<>(more));
            withLocalFile(local -> {
                if (model.fitted().isPresent()) {
                    Checkpoint.write(
                            local,
                            model.network(),
                            model.parameters(),
                            model.fitted().get());
                } else {
                    Checkpoint.write(local, model.network(), model.parameters());
                }
                org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(path, MODEL);
                target.getFileSystem(sparkSession().sessionState().newHadoopConf())
                        .copyFromLocalFile(false, true, hadoop(local), target);
            });
        }

        private static Tuple2<String, JValue> field(String name, String value) {
            return new Tuple2<>(name, new JString(value));
        }
    }

    /** Reads a model. */
    static final class Reader<M extends Params> extends MLReader<M> {
        private final Class<M> type;
        private final BiFunction<NetworkModel, TrainingSummary, M> constructor;

        Reader(Class<M> type, BiFunction<NetworkModel, TrainingSummary, M> constructor) {
            this.type = type;
            this.constructor = constructor;
        }

        @Override
        public M load(String path) {
            DefaultParamsReader.Metadata metadata =
                    DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), type.getName());
            String className = text(metadata, NETWORK);
            NetworkModel[] read = new NetworkModel[1];
            withLocalFile(local -> {
                org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(path, MODEL);
                Configuration configuration = sparkSession().sessionState().newHadoopConf();
                FileSystem files = source.getFileSystem(configuration);
                files.copyToLocalFile(false, source, hadoop(local), true);
                read[0] = model(className, local);
            });
            M model = Uid.with(
                    metadata.uid(),
                    () -> constructor.apply(
                            read[0],
                            new TrainingSummary(text(metadata, STRATEGY), "", 0, TrainingSummary.NONE.history())));
            metadata.getAndSetParams(model, Option.empty());
            return model;
        }

        private static String text(DefaultParamsReader.Metadata metadata, String name) {
            return ((JObject) metadata.metadata()).values().apply(name).toString();
        }
    }

    /** A model of a file that lies here. */
    static NetworkModel model(String className, Path file) {
        Engines engines = Engines.of(className, Thread.currentThread().getContextClassLoader());
        double[] parameters = Checkpoint.read(file, engines.network());
        return NetworkModel.of(
                className,
                parameters,
                engines.table().map(table -> Checkpoint.readFitted(file, engines.network(), table)));
    }

    /** Does something with a file. */
    private interface Work {
        void with(Path local) throws IOException;
    }

    private static void withLocalFile(Work work) {
        try {
            Path folder = Files.createTempDirectory("layerc");
            Path file = folder.resolve(MODEL);
            try {
                work.with(file);
            } finally {
                Files.deleteIfExists(file);
                // of a file system with checksums
                Files.deleteIfExists(folder.resolve("." + MODEL + ".crc"));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.apache.hadoop.fs.Path hadoop(Path local) {
        return new org.apache.hadoop.fs.Path(local.toUri());
    }
}
