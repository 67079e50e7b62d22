package io.github.layerc.compiler;

import io.github.layerc.engine.Target;
import io.github.layerc.table.TableEngine;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a row with types costs beside a flat array, of the network that learns iris, and what it allocates. Not a part of any build:
 *
 * <pre>
 * mvn test -pl generator -am -Dtest=RowBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@OperationsPerInvocation(RowBenchmark.ROWS)
public class RowBenchmark {
    static final int ROWS = 1000;

    private static final String IRIS = """
            network: Iris
            package: p
            input:
              columns:
                - {names: [sepal length, sepal width, petal length, petal width], transform: standardize}
            output: {label: species, classes: [setosa, versicolor, virginica]}
            layers: [{units: 16, activation: relu}, {units: 3, activation: softmax}]
            loss: categorical_cross_entropy
            """;

    /** Asked with the number of a way, it predicts {@link #ROWS} times that way. */
    private static final String USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                private final float[] flat = {5.1f, 3.5f, 1.4f, 0.2f};
                private final float[] out = new float[3];
                private final Iris.Row row = new Iris.Row(5.1f, 3.5f, 1.4f, 0.2f);
                private final double[] sum = new double[1];
                @Override
                public double[] apply(TableEngine engine, double[] way) {
                    Iris net = (Iris) engine;
                    for (int i = 0; i < %d; i++) {
                        switch ((int) way[0]) {
                            case 0 -> {
                                net.predict(flat, 1, out);
                                sum[0] += out[0];
                            }
                            case 1 -> sum[0] += net.classify(row).ordinal();
                            case 2 -> sum[0] += net.classify(new Iris.Row(flat[0], flat[1], flat[2], i)).ordinal();
                            default -> {
                                net.probabilities(row, out);
                                sum[0] += out[0];
                            }
                        }
                    }
                    return sum;
                }
            }
            """.formatted(ROWS);

    /** What is predicted with. */
    public enum Way {
        FLAT_ARRAY,
        CLASSIFY,
        CLASSIFY_NEW_ROW,
        PROBABILITIES
    }

    @Param
    private Way way;

    @Param
    private Target target;

    private UsedTable used;
    private TableEngine engine;
    private double[] number;

    @Setup
    public void create() {
        used = new UsedTable(IRIS, USED);
        engine = used.create(1, target);
        engine.setFitted(engine.table()
                .fit(
                        new double[][] {{5.1, 7, 6.3, 4.9}, {3.5, 3.2, 3.3, 3}, {1.4, 4.7, 6, 1.4}, {0.2, 1.4, 2.5, 0.2}
                        },
                        new double[0][]));
        engine.initialize();
        number = new double[] {way.compareTo(Way.FLAT_ARRAY)};
    }

    @TearDown
    public void close() {
        engine.close();
    }

    @Benchmark
    public double[] predict() {
        return used.use(engine, number);
    }

    /** Not found by the name of this class in a build. */
    @Test
    void measure() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RowBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
