package io.github.layerc.spark.example;

import io.github.layerc.spark.LayercClassificationModel;
import io.github.layerc.spark.LayercClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains a class with named columns on a table of CSV, saves the model, and scores the table: {@code FlowersJob CLASS TABLE MODEL SCORED}. */
public final class FlowersJob {
    private FlowersJob() {}

    public static void main(String[] arguments) throws Exception {
        SparkSession session = SparkSession.builder().appName("flowers").getOrCreate();
        Dataset<Row> table = session.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(arguments[1]);

        LayercClassifier classifier =
                new LayercClassifier().setNetwork(arguments[0]).setMaxIter(40);
        LayercClassificationModel model = classifier.fit(table);
        System.out.println(model.summary().reason());

        model.write().overwrite().save(arguments[2]);
        LayercClassificationModel.load(arguments[2])
                .transform(table)
                .drop("rawPrediction", "probability")
                .write()
                .mode("overwrite")
                .parquet(arguments[3]);
        session.stop();
    }
}
