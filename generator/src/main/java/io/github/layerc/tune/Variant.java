package io.github.layerc.tune;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.compiler.Compiler;
import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.SourceFile;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A network compiled in memory with some schedules, its class in a loader of its own, an instance ready to run the tasks. */
final class Variant implements AutoCloseable {
    /** So small that parameters hardly change over all steps, and a step costs the same at the end as at the beginning. */
    private static final double LEARNING_RATE = 1e-6;

    private static final int FEW = 16;

    private static final String SOURCE = "tuned";

    private final Tuning tuning;
    private final Workload workload;
    private final Class<?> type;
    private final Engine engine;
    private final Training training;
    private final Training few;
    private final int[] fewRows;
    private final Runnable predict;
    private final Runnable predictOne;

    /** Null until somebody asks for it: products of all pairs of samples take memory and time. */
    private Gram gram;

    private Variant(Tuning tuning, Workload workload, Class<?> type) {
        this.tuning = tuning;
        this.workload = workload;
        this.type = type;
        this.engine = create();
        TrainingSettings settings = engine.network().training().withForm(Form.DIRECT);
        this.training = engine.train(workload.dataset(), settings);
        this.fewRows = IntStream.range(0, Math.min(FEW, workload.count())).toArray();
        this.few = engine.train(new Workload(engine.network(), fewRows.length).dataset(), settings);
        this.predict = predict(engine, workload, workload.count());
        this.predictOne = predict(engine, workload, 1);
    }

    /**
     * Compiles and opens a variant.
     *
     * @throws io.github.layerc.compiler.CompileException if a method is too large with these schedules
     */
    static Variant open(Network network, Tuning tuning, Workload workload) {
        try {
            Class<?> type = new Loader(Compiler.compile(network, SOURCE, options(network, tuning))
                            .classFiles())
                    .loadClass(network.className());
            return new Variant(tuning, workload, type);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("a class that was just compiled", e);
        }
    }

    private Engine create() {
        try {
            Engine created = (Engine)
                    type.getMethod("create", int.class, Target.class).invoke(null, workload.count(), tuning.target());
            created.initialize();
            return created;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a class that was just compiled", e);
        }
    }

    /** The sources of a variant: two with the same are one. */
    static List<SourceFile> code(Network network, Tuning tuning) {
        return Compiler.draft(network, SOURCE, options(network, tuning));
    }

    private static Options options(Network network, Tuning tuning) {
        return Options.DEFAULT.withPrecision(network.precision()).withTuned(new TunedSchedules(List.of(tuning)));
    }

    private static Runnable predict(Engine engine, Workload workload, int count) {
        int outputs = count * engine.network().outputs();
        if (engine instanceof FloatEngine floats) {
            float[] samples = workload.samples();
            float[] out = new float[outputs];
            return () -> floats.predict(samples, count, out);
        }
        DoubleEngine doubles = (DoubleEngine) engine;
        double[] samples = workload.samplesAsDouble();
        double[] out = new double[outputs];
        return () -> doubles.predict(samples, count, out);
    }

    /**
     * Steps and predictions of a few samples, which take no time and get kernels compiled that a step calls once.
     *
     * @param tasks whose forms run
     */
    void runFew(List<Task> tasks, int times) {
        boolean gramForm = tasks.stream().anyMatch(Task::gram);
        boolean directForm = !tasks.stream().allMatch(Task::gram);
        for (int i = 0; i < times; i++) {
            if (directForm) {
                few.step(LEARNING_RATE);
                predictOne.run();
            }
            if (gramForm) {
                gram().training().step(fewRows, 0, fewRows.length, LEARNING_RATE);
            }
        }
    }

    Tuning tuning() {
        return tuning;
    }

    Engine engine() {
        return engine;
    }

    /**
     * Another instance, with a training in Gram form.
     *
     * @throws IllegalArgumentException if the class has none, or there is no memory for it
     */
    Engine gramEngine() {
        return gram().engine();
    }

    private Gram gram() {
        if (gram == null) {
            gram = Gram.of(create(), workload);
        }
        return gram;
    }

    /** Runs a task once. It writes parameters or outputs, so nothing of it can be left out. */
    void run(Task task) {
        switch (task) {
            case STEP -> training.step(LEARNING_RATE);
            case PREDICT -> predict.run();
            case PREDICT_ONE -> predictOne.run();
            case GRAM_STEP -> gram().training().step(LEARNING_RATE);
        }
    }

    @Override
    public void close() {
        few.close();
        training.close();
        engine.close();
        if (gram != null) {
            gram.close();
        }
    }

    /** An instance and its training in Gram form. */
    private record Gram(Engine engine, Training training) implements AutoCloseable {
        static Gram of(Engine engine, Workload workload) {
            return new Gram(
                    engine,
                    engine.train(workload.dataset(), engine.network().training().withForm(Form.GRAM)));
        }

        @Override
        public void close() {
            training.close();
            engine.close();
        }
    }

    /** Asks its own classes first: the class path of the goal has classes of the same names, those of the project. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Variant.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
            }
        }
    }
}
