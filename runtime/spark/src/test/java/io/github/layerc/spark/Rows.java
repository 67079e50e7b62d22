package io.github.layerc.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of the tests. */
public final class Rows {
    public static final StructType VECTORS = new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType)
            .add("id", DataTypes.IntegerType);

    public static final StructType FLOWERS = new StructType()
            .add("length", DataTypes.DoubleType)
            .add("width", DataTypes.FloatType)
            .add("color", DataTypes.StringType)
            .add("wild", DataTypes.BooleanType)
            .add("species", DataTypes.StringType);

    public static final List<String> SPECIES = List.of("rose", "tulip", "lily");

    private Rows() {}

    /** Points of classes that lie around corners of a cube. */
    public static List<Row> points(int count, int inputs, int classes, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % classes;
            double[] x = new double[inputs];
            for (int j = 0; j < inputs; j++) {
                x[j] = random.nextGaussian() * 0.5 + (j % classes == label ? 1 : 0);
            }
            rows.add(RowFactory.create(i % 7 == 0 ? Vectors.dense(x).toSparse() : Vectors.dense(x), (double) label, i));
        }
        return rows;
    }

    /** Numbers that are a smooth function of three others. */
    public static List<Row> slope(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            double c = random.nextDouble();
            rows.add(RowFactory.create(Vectors.dense(a, b, c), a - 2 * b + c * c, i));
        }
        return rows;
    }

    public static List<Row> flowers(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % 3;
            rows.add(RowFactory.create(
                    i % 11 == 0 ? null : label + random.nextGaussian() * 0.2,
                    (float) (label == 1 ? 2 + random.nextDouble() : random.nextDouble()),
                    i % 13 == 0 ? null : label == 2 ? "white" : "red",
                    random.nextBoolean(),
                    SPECIES.get(label)));
        }
        return rows;
    }

    /** A data set with so many partitions. */
    public static Dataset<Row> of(SparkSession session, List<Row> rows, StructType schema, int partitions) {
        return session.createDataFrame(
                org.apache.spark.api.java.JavaSparkContext.fromSparkContext(session.sparkContext())
                        .parallelize(rows, partitions),
                schema);
    }

    public static List<Row> shuffled(List<Row> rows, long seed) {
        List<Row> other = new ArrayList<>(rows);
        Collections.shuffle(other, new Random(seed));
        return other;
    }
}
