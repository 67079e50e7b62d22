package io.github.layerc.benchmark;

import io.github.layerc.command.Engines;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Trainer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One operation of one engine on one thread; {@link CompareCommand} chooses which. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {

    /** An engine with its first parameters, and random samples. */
    @State(Scope.Thread)
    public static class Opened {
        /** Name of the generated class. */
        @Param("unset")
        public String network;

        /** As {@link Engines} takes it. */
        @Param("unset")
        public String engine;

        /** Samples of an operation, and room for as many. */
        @Param("1")
        public int batch;

        /** Of the first layer in a training: {@code direct} or {@code gram}. */
        @Param("direct")
        public String form;

        private Engine instance;
        private Workload workload;

        private TrainingSettings settings() {
            return instance.network().training().withForm(Form.valueOf(form.toUpperCase(Locale.ROOT)));
        }

        @Setup
        public void open() {
            instance = Engines.of(network).open(engine, batch);
            instance.initialize();
            workload = new Workload(instance.network(), batch);
        }

        @TearDown
        public void close() {
            instance.close();
        }
    }

    /** The arrays of a prediction. */
    @State(Scope.Thread)
    public static class Prediction {
        private Supplier<Object> call;

        @Setup
        public void prepare(Opened opened) {
            Network network = opened.instance.network();
            int count = opened.workload.count();
            int outputs = count * network.outputs();
            if (opened.instance instanceof FloatEngine engine) {
                float[] samples = opened.workload.samples();
                float[] out = new float[outputs];
                call = () -> {
                    engine.predict(samples, count, out);
                    return out;
                };
            } else {
                DoubleEngine engine = (DoubleEngine) opened.instance;
                double[] samples = opened.workload.samplesAsDouble();
                double[] out = new double[outputs];
                call = () -> {
                    engine.predict(samples, count, out);
                    return out;
                };
            }
        }
    }

    /**
     * Samples bound for training. All steps of an iteration update the same parameters. Each iteration begins with the first ones, and the
     * learning rate is so small that even a million steps hardly change them: a step then costs the same at the end as at the beginning, with
     * no unit dead and no value huge or denormal. It is an ordinary number to the code that multiplies with it.
     */
    @State(Scope.Thread)
    public static class Bound {
        private static final double LEARNING_RATE = 1e-6;

        private double[] parameters;

        /** Ends with the engine: its own end makes the weights of the Gram form, and JMH would count what that takes to the last iteration. */
        private Training training;

        @Setup
        public void bind(Opened opened) {
            parameters = opened.instance.parametersAsDouble();
            training = opened.instance.train(opened.workload.dataset(), opened.settings());
        }

        /**
         * Does not allocate: what it allocated would be counted to the steps. A training in Gram form would set itself up anew, so it goes on
         * from iteration to iteration.
         */
        @Setup(Level.Iteration)
        public void restore(Opened opened) {
            if (training.form() == Form.DIRECT) {
                opened.instance.setParametersFromDouble(parameters);
            }
        }
    }

    @Benchmark
    public Object predict(Prediction prediction) {
        return prediction.call.get();
    }

    /** Always from the same parameters. */
    @State(Scope.Thread)
    public static class Start {
        private double[] parameters;

        @Setup
        public void keep(Opened opened) {
            parameters = opened.instance.parametersAsDouble();
        }
    }

    @Benchmark
    public Object training(Opened opened, Start start) {
        TrainingSettings settings = opened.settings();
        opened.instance.setParametersFromDouble(start.parameters);
        return new Trainer(settings, Integer.MAX_VALUE).train(opened.instance, opened.workload.dataset());
    }

    @Benchmark
    public double trainStep(Bound bound) {
        return bound.training.step(Bound.LEARNING_RATE);
    }
}
