package io.github.layerc.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.FloatInstance;
import io.github.layerc.engine.FloatKernels;
import io.github.layerc.engine.Training;
import io.github.layerc.engine.kernels.FloatBatch;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance while a call is on its way in it: kernels that wait stand for those that take their time. */
class InstanceStateTest {
    private static final String TWO_CALLS =
            "network Net: two calls at the same time: an instance belongs to one thread,"
                    + " share(batch) makes one for another thread";
    private static final Dataset DATA = Dataset.of(new float[] {1, 0, 0, 1, 2, 1}, 2, new double[] {1, 0, 1}, 1);
    private static final Network NETWORK = Network.builder("", "Net")
            .input(Input.flat(2))
            .layer(3, Activation.TANH)
            .layer(1, Activation.SIGMOID)
            .build();

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch hold = new CountDownLatch(1);
    private volatile boolean waits;
    private volatile boolean fails;
    private FloatBatch seen;

    /** The interpreter's kernels, which wait or fail where they compute. */
    private FloatKernels kernels() {
        FloatInterpreter interpreter = new FloatInterpreter(NETWORK, 2);
        return (FloatKernels) Proxy.newProxyInstance(
                InstanceStateTest.class.getClassLoader(),
                new Class<?>[] {FloatKernels.class},
                (proxy, method, arguments) -> {
                    boolean computes = List.of("predict", "cost", "gradients", "step", "gramStep", "pack", "unpack")
                            .contains(method.getName());
                    if (computes && arguments[0] instanceof FloatBatch batch) {
                        seen = batch;
                        assertThat(batch.x()).isNotEmpty();
                    }
                    if (computes && fails) {
                        throw new ArithmeticException("kernel");
                    }
                    if (computes && waits) {
                        waits = false;
                        begun.countDown();
                        hold.await();
                    }
                    try {
                        return method.invoke(interpreter, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** An instance with a training and what that evaluates. */
    private record Opened(FloatInstance engine, Training training, Evaluation evaluation) {

        static Opened of(FloatKernels kernels, Form form) {
            FloatInstance engine = new FloatInstance(NETWORK, "waiting", kernels);
            engine.initialize();
            Training training = engine.train(DATA, TrainingSettings.DEFAULT.withForm(form));
            Opened opened = new Opened(engine, training, training.evaluate(DATA));
            training.step(0.1);
            return opened;
        }

        /** Every call that computes. */
        List<ThrowingCallable> calls() {
            List<ThrowingCallable> calls = new ArrayList<>();
            calls.add(() -> engine.predict(new float[2], 1, new float[1]));
            calls.add(() -> engine.predict(new float[2], 1));
            calls.add(() -> engine.predict(DATA));
            calls.add(() -> engine.cost(new float[2], new float[1], 1));
            calls.add(() -> engine.gradients(new float[2], new float[1], 1, new float[13]));
            calls.add(engine::parameters);
            calls.add(engine::parametersAsDouble);
            calls.add(() -> engine.setParameters(new float[13]));
            calls.add(() -> engine.setParametersFromDouble(new double[13]));
            calls.add(engine::initialize);
            calls.add(() -> engine.train(DATA));
            calls.add(() -> engine.share(parameters -> null));
            calls.add(() -> training.step(0.1));
            calls.add(() -> training.step(new int[] {2, 0}, 0, 2, 0.1));
            calls.add(() -> training.evaluate(DATA));
            calls.add(evaluation::cost);
            calls.add(evaluation::outputs);
            return calls;
        }
    }

    /** Also where a kernel fails: a program's arrays live as long as it wants them to, not as long as the engine. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsNoArrayOfACall(boolean failing) {
        FloatInstance engine = new FloatInstance(NETWORK, "engine", kernels());
        engine.initialize();
        fails = failing;
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> engine.predict(new float[4], 2),
                () -> engine.predict(DATA),
                () -> engine.cost(new float[4], new float[2], 2),
                () -> engine.gradients(new float[4], new float[2], 2, new float[13]))) {
            seen = null;
            Throwable thrown = catchThrowable(call);
            assertThat(thrown != null).isEqualTo(failing);
            assertThat(seen.x()).isEmpty();
            assertThat(seen.y()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void refusesASecondCallWhileOneIsOnItsWay(Form form) throws InterruptedException {
        Opened opened = Opened.of(kernels(), form);
        waits = true;
        Thread first = new Thread(() -> opened.engine().predict(new float[2], 1));
        first.start();
        begun.await();
        try {
            List<ThrowingCallable> refused = opened.calls();
            refused.add(opened.engine()::close);
            refused.add(opened.training()::close);
            for (ThrowingCallable call : refused) {
                assertThatThrownBy(call)
                        .isInstanceOf(ConcurrentModificationException.class)
                        .hasMessage(TWO_CALLS);
            }
            // what only describes it stays the same while it runs
            assertThat(opened.engine().network()).isSameAs(NETWORK);
            assertThat(opened.engine().batch()).isEqualTo(2);
            assertThat(opened.training().count()).isEqualTo(3);
        } finally {
            hold.countDown();
        }
        first.join();
        requireUsable(opened);
    }

    private static void requireUsable(Opened opened) {
        for (ThrowingCallable call : opened.calls()) {
            try {
                call.call();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
        opened.training().close();
        opened.engine().close();
    }

    /** A call that failed is over: of the kernels, or of what it was given. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
    void isUsableAfterEveryCallThatFailed(Form form) {
        Opened opened = Opened.of(kernels(), form);
        for (ThrowingCallable call : opened.calls()) {
            fails = true;
            try {
                call.call();
            } catch (Throwable e) {
                assertThat(e).isInstanceOf(ArithmeticException.class);
            }
            fails = false;
            assertThat(opened.engine().predict(new float[2], 1)).hasSize(1);
        }
        FloatInstance engine = opened.engine();
        assertThatThrownBy(() -> engine.predict(new float[1], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.predict(null, 1, new float[1])).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> engine.setParameters(new float[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> opened.training().step(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> opened.training().step(new int[] {3}, 0, 1, 0.1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        requireUsable(opened);
    }
}
