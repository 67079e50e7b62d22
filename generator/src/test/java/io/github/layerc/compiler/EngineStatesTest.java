package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be called when: every public method of every engine, found by reflection, so that none is forgotten that comes later. Engines are the
 * interpreter and generated classes for both targets, in both precisions.
 */
class EngineStatesTest {
    private static final String EMPTY =
            "network Net: this instance has no parameters yet: call initialize(), load(path) or"
                    + " setParameters(parameters) first";
    private static final String CLOSED = "network Net: this instance was closed";

    /** What describes an instance, or gives it parameters. */
    private static final Set<String> NEED_NO_PARAMETERS = Set.of(
            "network",
            "name",
            "target",
            "schedule",
            "threads",
            "batch",
            "initialize",
            "load",
            "setParameters",
            "setParametersFromDouble");

    private static final Dataset DATA = Dataset.of(new double[] {1, 0, 0, 1, 2, 1}, 2, new double[] {1, 0, 1}, 1);

    private static final List<Generated> GENERATED = new ArrayList<>();

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(3, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .precision(precision)
                .build();
    }

    @BeforeAll
    static void compile() {
        for (Precision precision : Precision.values()) {
            GENERATED.add(new Generated(network(precision)));
        }
    }

    private static List<Engine> engines() {
        List<Engine> engines = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            engines.add(Interpreter.create(network(precision), 2));
        }
        for (Generated generated : GENERATED) {
            for (Target target : Target.values()) {
                engines.add(generated.create(2, target));
            }
        }
        return engines;
    }

    private static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getName().equals("close"))
                .filter(method -> !method.isBridge())
                .toList();
    }

    private static Object argument(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == double.class) {
            return 0.1;
        }
        if (type == int[].class) {
            return new int[] {0};
        }
        if (type == float[].class) {
            return new float[13];
        }
        if (type == double[].class) {
            return new double[13];
        }
        if (type == Dataset.class) {
            return DATA;
        }
        if (type == TrainingState.class) {
            return new TrainingState(Form.DIRECT, Map.of());
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == TrainingSettings.class) {
            return TrainingSettings.DEFAULT;
        }
        if (type == Path.class) {
            return Path.of("there", "is", "no", "such.h5");
        }
        if (type == Function.class) {
            return (Function<Object, Object>) parameters -> null;
        }
        throw new AssertionError("an argument for this test to make up: " + type);
    }

    /** What a method throws, or null. */
    private static Throwable thrown(Object object, Method method) {
        try {
            method.invoke(
                    object,
                    Arrays.stream(method.getParameterTypes())
                            .map(EngineStatesTest::argument)
                            .toArray());
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireRefused(Object object, Method method, String message) {
        assertThat(thrown(object, method))
                .as(object.getClass().getSimpleName() + ": " + method)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void everyMethodNeedsAnOpenInstance() {
        for (Engine engine : engines()) {
            engine.initialize();
            engine.close();
            engine.close();
            assertThat(methods(engine.getClass())).hasSizeGreaterThan(15);
            for (Method method : methods(engine.getClass())) {
                requireRefused(engine, method, CLOSED);
            }
        }
    }

    @Test
    void everyMethodThatNeedsParametersSaysHowToGiveThem() {
        for (Engine engine : engines()) {
            try (engine) {
                for (Method method : methods(engine.getClass())) {
                    if (!NEED_NO_PARAMETERS.contains(method.getName())) {
                        requireRefused(engine, method, EMPTY);
                    } else if (method.getParameterCount() == 0 && method.getReturnType() != void.class) {
                        assertThat(thrown(engine, method)).as(method.toString()).isNull();
                    }
                }
            }
        }
    }

    @Test
    void everyWayToGiveParametersDoes() {
        for (Engine engine : engines()) {
            try (engine) {
                assertThatThrownBy(() -> engine.setParametersFromDouble(new double[12]))
                        .hasMessage("network Net has 13 parameters: length=12");
                assertThatThrownBy(() -> engine.predict(DATA)).hasMessage(EMPTY);
                engine.setParametersFromDouble(new double[13]);
                assertThat(engine.predict(DATA)).containsExactly(0.5, 0.5, 0.5);
            }
        }
        for (Engine engine : engines()) {
            try (engine) {
                if (engine instanceof FloatEngine floats) {
                    floats.setParameters(new float[13]);
                } else {
                    ((DoubleEngine) engine).setParameters(new double[13]);
                }
                assertThat(engine.predict(DATA)).containsExactly(0.5, 0.5, 0.5);
            }
        }
        for (Engine engine : engines()) {
            try (engine) {
                engine.initialize();
                assertThat(engine.predict(DATA)).hasSize(3).doesNotContain(0.5);
            }
        }
    }

    /** Over the parameters of an instance that has some; closed by itself. */
    @Test
    void sharedInstancesHaveParameters() throws ReflectiveOperationException {
        for (Engine engine : engines()) {
            if (engine.name().equals("interpreter")) {
                continue;
            }
            Method share = engine.getClass().getMethod("share", int.class);
            engine.initialize();
            Engine shared = (Engine) share.invoke(engine, 5);
            assertThat(shared.name()).isEqualTo(engine.name());
            assertThat(shared.batch()).isEqualTo(5);
            double[] outputs = engine.predict(DATA);
            engine.close();
            assertThat(shared.predict(DATA)).isEqualTo(outputs);
            shared.close();
        }
    }

    @Test
    void everyMethodNeedsAnOpenTraining() {
        for (Form form : new Form[] {Form.DIRECT, Form.GRAM}) {
            for (Engine engine : engines()) {
                engine.initialize();
                Training training =
                        engine.train(DATA, engine.network().training().withForm(form));
                Evaluation evaluation = training.evaluate(DATA);
                assertThat(training.form()).isEqualTo(form);
                training.step(0.1);
                training.close();
                training.close();
                requireEnded(training, evaluation, "network Net: this training was closed");
                Training other = engine.train(DATA);
                Evaluation ofOther = other.evaluate(DATA);
                other.step(0.1);
                engine.close();
                requireEnded(other, ofOther, CLOSED);
                other.close();
                other.close();
            }
        }
    }

    private static void requireEnded(Training training, Evaluation evaluation, String message) {
        for (Method method : methods(Training.class)) {
            requireRefused(training, method, message);
        }
        for (Method method : methods(Evaluation.class)) {
            requireRefused(evaluation, method, message);
        }
    }

    /** Threads that never heard of each other, with and without workers: none hangs, the instance recovers, its results are as before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void twoThreadsInOneInstanceAreFound(int threads) throws InterruptedException {
        Network network = Network.builder("", "Net")
                .input(Input.flat(200))
                .layer(100, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .threads(threads)
                .build();
        int count = 400; // enough for several threads
        Problem problem = new Problem(network, count, 1);
        for (Target target : Target.values()) {
            try (Engine engine = problem.give(new Generated(network).create(count, target));
                    Training training = engine.train(problem.dataset())) {
                Evaluation evaluation = training.evaluate(problem.dataset());
                double[] outputs = problem.predict(engine);
                Runnable predicts = () -> problem.predict(engine);
                for (Runnable other : List.<Runnable>of(
                        predicts, evaluation::cost, () -> problem.cost(engine), () -> training.step(0))) {
                    AtomicReference<Throwable> found = new AtomicReference<>();
                    Thread[] both = {until(found, predicts), until(found, other)};
                    for (Thread thread : both) {
                        thread.join();
                    }
                    assertThat(found.get())
                            .isInstanceOf(ConcurrentModificationException.class)
                            .hasMessageContaining("Net: ");
                    assertThat(problem.predict(engine)).isEqualTo(outputs);
                }
            }
        }
    }

    /** Runs until somebody finds something, or nobody has for very long. */
    private static Thread until(AtomicReference<Throwable> found, Runnable run) {
        Thread thread = new Thread(() -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (found.get() == null && System.nanoTime() < end) {
                try {
                    run.run();
                } catch (RuntimeException e) {
                    found.compareAndSet(null, e);
                }
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void countsThatAreNoneAreRefusedInOneLine() {
        for (Engine engine : engines()) {
            try (engine) {
                engine.initialize();
                for (int count : new int[] {-1, Integer.MIN_VALUE}) {
                    assertThatThrownBy(() -> predict(engine, 2, count))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("count must be at least 0: count=" + count);
                }
                assertThatThrownBy(() -> predict(engine, 2, Integer.MAX_VALUE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("samples must hold 2147483647 x 2 values: length=2");
                assertThat(predict(engine, 0, 0)).isZero();
            }
        }
    }

    private static int predict(Engine engine, int length, int count) {
        return engine instanceof FloatEngine floats
                ? floats.predict(new float[length], count).length
                : ((DoubleEngine) engine).predict(new double[length], count).length;
    }

    /** Samples that fit an array may have outputs that do not. */
    @Test
    void outputsThatFitNoArrayAreRefusedInOneLine() {
        int count = 1_200_000;
        Dataset data = Dataset.ofBytes(new byte[count], 1, new double[count], 1);
        String rule = "outputs must fit an array, at most 2147483631 values: 1200000 x 2000 values";
        for (Precision precision : Precision.values()) {
            Network wide = Network.builder("", "Net")
                    .input(Input.flat(1))
                    .layer(2000, Activation.IDENTITY)
                    .loss(Loss.MEAN_SQUARED_ERROR)
                    .precision(precision)
                    .build();
            try (Engine engine = Interpreter.create(wide, 1)) {
                engine.initialize();
                assertThatThrownBy(() -> predict(engine, count, count))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(rule);
                assertThatThrownBy(() -> engine.predict(data))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(rule);
            }
        }
    }
}
