package io.github.layerc.emit.product;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.DerivativeMethod;
import io.github.layerc.emit.code.FormulaPrinter;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Formula.Variable;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The epilogue of a product: what happens to finished sums, one number or one register at a time. */
final class StoreEmitter {
    private final ProductNest nest;
    private final Epilogue epilogue;

    StoreEmitter(ProductNest nest) {
        this.nest = nest;
        this.epilogue = nest.epilogue();
    }

    String method() {
        return nest.name() + "Store";
    }

    /** The call for one sum; {@code first} and {@code last} are in scope where the product goes in blocks. */
    String call(String row, String column, String sum) {
        List<String> more = new ArrayList<>(List.of(row, column, sum));
        if (nest.partialNumbers()) {
            more.add("first");
            more.add("last");
        }
        return method() + Argument.call(nest.epilogueArguments(), more.toArray(String[]::new));
    }

    /** A method that takes one sum: numbers only, so it costs nothing to call. */
    MethodSpec scalarMethod() {
        Words words = nest.emission().words().scalar();
        MethodSpec.Builder method = nest.emission().method(method(), nest.epilogueArguments());
        method.addParameter(TypeName.INT, nest.rows().variable());
        method.addParameter(TypeName.INT, nest.columns().variable());
        method.addParameter(Argument.element(words.precision()), "sum");
        Lines lines = new Lines();
        String out = nest.out().array();
        lines.line("int at = "
                + nest.out()
                        .index(
                                nest.rows(),
                                nest.rows().variable(),
                                nest.columns(),
                                nest.columns().variable()));
        String sum = "sum";
        if (nest.partialNumbers()) {
            method.addParameter(TypeName.BOOLEAN, "first");
            method.addParameter(TypeName.BOOLEAN, "last");
            lines.line(words.type() + " total = first ? sum : " + out + "[at] + sum");
            lines.begin("if (!last)").line(out + "[at] = total").line("return").end();
            sum = "total";
        }
        lines.line(stored(words, sum, "at", bias(), activation(words, "at")));
        return method.addJavadoc(CodeBlock.of(
                        "Epilogue: $L.", new NestText(nest).formula().replace("sum over", "the sum over")))
                .addCode(lines.build())
                .build();
    }

    /** The activation or pre-activation at which a derivative is taken, empty for none. */
    String activation(Words words, String at) {
        return epilogue.derivativeAt() == null
                ? ""
                : words.load(epilogue.derivativeAt().name(), at);
    }

    /** Emits the constants that {@link #stored} needs. */
    void constants(Lines lines, Words words) {
        FormulaPrinter.constants(words, lines, List.of(epilogue.activation().value()));
        if (epilogue.derivativeAt() != null) {
            FormulaPrinter.constantsOfFactor(words, lines, epilogue.derivative().derivative());
        }
        if (epilogue.store() != Store.SET && words.vector()) {
            lines.line(words.register() + " times = " + words.broadcast(times()));
        }
    }

    /** What is multiplied with a sum before it is added to the output; registers find it in {@code times}. */
    String times() {
        return epilogue.inputScale() ? "factor * inputScale" : "factor";
    }

    /** The element of the bias, by the variable of the units. */
    String bias() {
        return bias(Axis.UNITS.variable());
    }

    /** The element of the bias of a unit. */
    String bias(String unit) {
        return epilogue.bias() == null
                ? ""
                : "parameters["
                        + Operand.sum(nest.emission().biasAt(nest.product().layer()), unit) + "]";
    }

    /**
     * The statement that finishes and stores a value.
     *
     * @param bias the bias as an expression of the same kind as the value, empty where it is in the value or there is none
     * @param activation where a derivative is taken, the same
     */
    String stored(Words words, String value, String at, String bias, String activation) {
        String finished = finished(words, value, bias, activation);
        if (epilogue.store() == Store.SET) {
            return words.store(finished, nest.out().array(), at);
        }
        String old = words.load("into", at);
        return words.vector()
                ? words.store(words.multiplyAdd(finished, "times", old), "into", at)
                : old + " += " + times() + " * " + Words.factor(finished);
    }

    /** The value as it is stored, or added times a factor, see {@link #stored}. */
    String finished(Words words, String value, String bias, String activation) {
        String finished = value;
        if (epilogue.inputScale() && epilogue.store() == Store.SET) {
            finished = words.multiply(finished, "inputScale");
        }
        if (!bias.isEmpty()) {
            finished = words.add(finished, bias);
        }
        finished = FormulaPrinter.inline(words, epilogue.activation().value(), Map.of(Variable.Z, finished));
        if (epilogue.derivativeAt() == null) {
            return finished;
        }
        if (!words.branches() && DerivativeMethod.suits(epilogue.derivative())) {
            return words.multiply(finished, DerivativeMethod.call(epilogue.derivative(), activation));
        }
        Variable place = epilogue.derivative().differentiatedAtZ() ? Variable.Z : Variable.A;
        return FormulaPrinter.inlineTimes(
                words, finished, epilogue.derivative().derivative(), Map.of(place, activation));
    }
}
