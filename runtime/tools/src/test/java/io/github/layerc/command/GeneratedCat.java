package io.github.layerc.command;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.lang.reflect.Proxy;
import java.util.List;

/** Looks like a generated class from outside; inside it is the interpreter under other names. */
public final class GeneratedCat {
    public static final Network NETWORK = Network.builder("io.github.layerc.training", "GeneratedCat")
            .input(new Input(List.of(64, 64, 3), new Scale(1, 255)))
            .layer(3, Activation.RELU)
            .layer(1, Activation.SIGMOID)
            .training(new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.0075, 7))
            .precision(Precision.DOUBLE)
            .build();

    private GeneratedCat() {}

    public static DoubleEngine create(int batch) {
        return named("own choice", batch);
    }

    public static DoubleEngine create(int batch, Target target) {
        return named(target.name(), batch);
    }

    private static DoubleEngine named(String name, int batch) {
        DoubleEngine engine = Interpreter.createDouble(NETWORK, batch);
        return (DoubleEngine) Proxy.newProxyInstance(
                GeneratedCat.class.getClassLoader(),
                new Class<?>[] {DoubleEngine.class},
                (proxy, method, arguments) ->
                        method.getName().equals("name") ? name : method.invoke(engine, arguments));
    }
}
