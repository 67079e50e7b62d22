package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Names;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import java.util.Arrays;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * What the optimizer of a network does with gradients, as one method {@code update(learningRate)} with its numbers in it: {@code FloatUpdate} of the runtime does
 * the same, operation for operation, see {@link Optimizer} for the formulas.
 */
final class UpdateEmitter {
    private final Network network;
    private final Optimizer optimizer;
    private final TypeName element;
    private final boolean isFloat;
    private final MethodSpec.Builder method = MethodSpec.methodBuilder("update")
            .addModifiers(Modifier.PRIVATE)
            .addParameter(TypeName.DOUBLE, "learningRate");

    UpdateEmitter(Network network) {
        this.network = network;
        this.optimizer = network.training().optimizer();
        this.element = Argument.element(network.precision());
        this.isFloat = network.precision() == Precision.FLOAT;
    }

    /** Adds the method, and what the optimizer keeps from step to step. */
    void addTo(TypeSpec.Builder type) {
        for (String slot : optimizer.slots()) {
            type.addField(FieldSpec.builder(ArrayTypeName.of(element), slot, Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc("What $L keeps for each parameter.\n", optimizer.keyword())
                    .initializer("new $T[PARAMETERS]", element)
                    .build());
        }
        if (countsSteps()) {
            type.addField(FieldSpec.builder(TypeName.INT, "steps", Modifier.PRIVATE)
                    .addJavadoc("Updates since the parameters were set.\n")
                    .build());
        }
        if (risesMomentum()) {
            type.addField(FieldSpec.builder(TypeName.DOUBLE, "product", Modifier.PRIVATE)
                    .addJavadoc("Of the momentum of each step so far.\n")
                    .initializer("1")
                    .build());
            type.addMethod(momentum());
        }
        Map<String, Runnable> rules = Map.of(
                Optimizer.GRADIENT_DESCENT.keyword(), this::gradientDescent,
                Optimizer.MOMENTUM.keyword(), this::velocity,
                Optimizer.NESTEROV.keyword(), this::nesterov,
                Optimizer.RMSPROP.keyword(), this::rmsprop,
                Optimizer.ADAGRAD.keyword(), this::adagrad,
                Optimizer.ADAM.keyword(), this::adam,
                Optimizer.ADAMW.keyword(), this::adam,
                Optimizer.NADAM.keyword(), this::nadam);
        Runnable rule = rules.get(optimizer.keyword());
        if (rule == null) {
            throw new AssertionError("no update for " + optimizer);
        }
        rule.run();
        type.addMethod(method.build());
    }

    /** Code that starts anew. */
    CodeBlock forget() {
        CodeBlock.Builder code = CodeBlock.builder();
        optimizer.slots().forEach(slot -> code.addStatement("$T.fill($L, 0)", Arrays.class, slot));
        if (countsSteps()) {
            code.addStatement("steps = 0");
        }
        if (risesMomentum()) {
            code.addStatement("product = 1");
        }
        return code.build();
    }

    private boolean countsSteps() {
        return optimizer.slots().contains("mean");
    }

    private boolean risesMomentum() {
        return optimizer.keyword().equals(Optimizer.NADAM.keyword());
    }

    private double setting(int number) {
        return optimizer.settings().get(number).value();
    }

    /** Declares a number of the network's precision. */
    private void number(String name, String value) {
        boolean whole = value.matches("\\w+|[\\d.E-]+");
        method.addStatement(
                "$T $L = $L", element, name, isFloat ? whole ? "(float) " + value : "(float) (" + value + ")" : value);
    }

    private String root(String slot) {
        return isFloat ? "(float) Math.sqrt(" + slot + "[i])" : "Math.sqrt(" + slot + "[i])";
    }

    /** For each parameter, {@code g} being its gradient. */
    private void each(String... statements) {
        method.beginControlFlow(
                        "for (int i = $L; i < PARAMETERS; i++)",
                        Names.weights(1).text())
                .addStatement("$T g = weightedGradients[i]", element);
        for (String statement : statements) {
            method.addStatement(statement);
        }
        method.endControlFlow();
    }

    private void gradientDescent() {
        number("rate", "learningRate");
        each("parameters[i] -= rate * g");
    }

    private void velocity() {
        number("rate", "learningRate");
        number("momentum", String.valueOf(network.training().momentum()));
        each("velocity[i] = momentum * velocity[i] + g", "parameters[i] -= rate * velocity[i]");
    }

    private void nesterov() {
        number("rate", "learningRate");
        number("momentum", String.valueOf(network.training().momentum()));
        each("velocity[i] = momentum * velocity[i] + g", "parameters[i] -= rate * (g + momentum * velocity[i])");
    }

    private void rmsprop() {
        number("rate", "learningRate");
        number("keep", String.valueOf(setting(0)));
        number("take", "1 - " + setting(0));
        number("epsilon", String.valueOf(setting(1)));
        each(
                "square[i] = keep * square[i] + take * (g * g)",
                "parameters[i] -= rate * g / (" + root("square") + " + epsilon)");
    }

    private void adagrad() {
        number("rate", "learningRate");
        number("epsilon", String.valueOf(setting(0)));
        each("squares[i] += g * g", "parameters[i] -= rate * g / (" + root("squares") + " + epsilon)");
    }

    /** The numbers of both means. */
    private void means() {
        number("keepMean", String.valueOf(setting(0)));
        number("takeMean", "1 - " + setting(0));
        number("keepSquare", String.valueOf(setting(1)));
        number("takeSquare", "1 - " + setting(1));
        number("epsilon", String.valueOf(setting(2)));
    }

    private static final String MEAN = "mean[i] = keepMean * mean[i] + takeMean * g";
    private static final String SQUARE = "square[i] = keepSquare * square[i] + takeSquare * (g * g)";

    private void adam() {
        method.addStatement("steps++");
        decay();
        method.addComment("0 at first, both means are too small in the first steps");
        number("rate", "learningRate / (1 - Math.pow(" + setting(0) + ", steps))");
        number("root", "1 / Math.sqrt(1 - Math.pow(" + setting(1) + ", steps))");
        means();
        each(MEAN, SQUARE, "parameters[i] -= rate * mean[i] / (root * " + root("square") + " + epsilon)");
    }

    /** Of weights alone, before the update. */
    private void decay() {
        if (optimizer.weightDecay() == 0) {
            return;
        }
        number("share", "learningRate * " + optimizer.weightDecay());
        for (Layer layer : network.layers()) {
            method.beginControlFlow(
                            "for (int i = $L; i < $L; i++)",
                            Names.weights(layer.number()).text(),
                            Names.bias(layer.number()).text())
                    .addStatement("parameters[i] -= share * parameters[i]")
                    .endControlFlow();
        }
    }

    private void nadam() {
        method.addStatement("steps++")
                .addComment("of 1 a product that is smaller leaves 1")
                .beginControlFlow("if (product > 0x1p-60)")
                .addStatement("product *= momentum(steps)")
                .endControlFlow()
                .addStatement("double next = momentum(steps + 1)");
        number("meanRate", "learningRate * next / (1 - product * next)");
        number("gradientRate", "learningRate * (1 - momentum(steps)) / (1 - product)");
        number("root", "1 / Math.sqrt(1 - Math.pow(" + setting(1) + ", steps))");
        means();
        each(
                MEAN,
                SQUARE,
                "parameters[i] -= (meanRate * mean[i] + gradientRate * g) / (root * " + root("square") + " + epsilon)");
    }

    private MethodSpec momentum() {
        return MethodSpec.methodBuilder("momentum")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(TypeName.INT, "step")
                .returns(TypeName.DOUBLE)
                .addStatement("return $L * (1 - 0.5 * Math.pow(0.96, step * 0.004))", setting(0))
                .build();
    }
}
