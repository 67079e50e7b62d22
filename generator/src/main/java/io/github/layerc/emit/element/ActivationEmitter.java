package io.github.layerc.emit.element;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Exponential;
import io.github.layerc.emit.code.FormulaCode;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.Formula.Variable;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import io.github.layerc.schedule.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Element-wise work on the workspace that no product could take: bias, activations with an exponential, derivatives. With samples side by side a
 * register holds one unit of several samples, so even the softmax needs no sum across lanes.
 */
public final class ActivationEmitter {
    private static final List<Argument> RANGE = List.of(Argument.FROM, Argument.TO);

    private static final String HAS_LOGARITHM = ", in plain Java: its logarithm is that of Math";

    private static final String IS_LONG =
            ", in plain Java: as vectors it would be more calls of the Vector API than C2 inlines into one method";

    private static final Name S = Names.at(Axis.SAMPLES);
    private static final Name U = Names.at(Axis.UNITS);
    private static final Name ONE = Expression.name("one");

    private final Emission emission;
    private final Words words;

    /** Whether samples are side by side. */
    private final boolean rowsOfSamples;

    public ActivationEmitter(Emission emission, int layer) {
        this(emission, layer, words(emission, layer));
    }

    private ActivationEmitter(Emission emission, int layer, Words words) {
        this.emission = emission;
        this.words = words;
        this.rowsOfSamples = emission.rowsOfSamples(layer);
    }

    /**
     * Numbers for few units: with samples side by side C2 compiles them in a fraction of the time and runs them as fast. In the padded rows of the
     * output they leave a vector nearly empty, which would have to wait for a number that was stored a moment before. The rows of other layers may be
     * read as vectors, padding and all.
     */
    private static Words words(Emission emission, int layer) {
        int units = emission.units(layer);
        if (emission.padded()) {
            boolean output = layer == emission.network().layers().size();
            boolean few = output && units <= emission.thresholds().fewOutputs() && !emission.rowsOfSamples(layer);
            return few ? emission.words().scalar() : emission.words();
        }
        return emission.unitMajor() && units <= emission.thresholds().fewUnits()
                ? emission.words().scalar()
                : emission.words();
    }

    /**
     * In a loop over neighbours, which C2 may make vectors of, an exponential may not branch. That of a softmax adds up
     * its exponentials: it is none.
     */
    private boolean branches() {
        return emission.padded() && !words.vector();
    }

    public Kernel addBias(AddBias op) {
        return kernel(op, "addBias" + op.layer(), ActivationEmitter::biased);
    }

    private void biased(Body body, AddBias op) {
        loops(body, op.z(), (turn, at) -> {
            Name parameters = Expression.name("parameters");
            Expression index = Expression.sum(emission.biasAt(op.layer()), U);
            Expression bias = rowsOfSamples
                    ? Registers.broadcast(Expression.element(parameters, index))
                    : Registers.load(parameters, index);
            turn.store(array(op.z()), at, Registers.add(load(op.z(), at), bias));
        });
    }

    public Kernel activate(Activate op) {
        return kernel(op, Names.camelCase(op.activation().keyword()) + op.layer(), ActivationEmitter::activated);
    }

    private void activated(Body body, Activate op) {
        if (!op.activation().elementwise()) {
            softmax(body, op);
            return;
        }
        Formula value = op.activation().value();
        FormulaCode.constants(body, words.precision(), value);
        loops(body, op.z(), (turn, at) -> {
            Map<Variable, Expression> names = Map.of(Variable.Z, turn.register("z", load(op.z(), at)));
            turn.store(array(op.a()), at, FormulaCode.of(turn, words.precision(), branches(), value, names));
        });
    }

    /** The largest pre-activation is subtracted first, so that no exponential overflows. */
    private void softmax(Body body, Activate op) {
        if (vectorsOfUnits()) {
            softmaxOfRows(body, op);
            return;
        }
        Expression units = Names.units(op.layer());
        Operand in = emission.operand(op.z(), Axis.UNITS);
        Expression index = in.index(Axis.UNITS, U, Axis.SAMPLES, S);
        Expression loaded = Registers.load(in.array(), index);
        Expression a = array(op.a());
        Exponential exponential =
                new Exponential(words.precision(), !acrossUnits().vector());
        exponential.constants(body);
        Body sample = samples(body);
        Name largest = sample.register("largest", Registers.load(in.array(), in.row(Axis.SAMPLES, S)));
        sample.loop(U.text(), Expression.number(1), units).assign(largest, Registers.max(largest, loaded));
        Name sum = sample.register("sum", Registers.zero());
        Body unit = sample.loop(U.text(), units);
        Name e = exponential.exp(unit, "e", unit.register("z", Registers.subtract(loaded, largest)));
        unit.assign(sum, Registers.add(sum, e));
        unit.store(a, index, e);
        Name share = sample.register("share", Registers.divide(ONE, sum));
        sample.loop(U.text(), units).store(a, index, Registers.multiply(Registers.load(a, index), share));
    }

    /** The same with the exponentials in vectors of a sample's units: those of the padding are finite, and no part of the sum. */
    private void softmaxOfRows(Body body, Activate op) {
        Expression units = Names.units(op.layer());
        Expression width = emission.width(op.layer());
        Expression none = Expression.number(0);
        Expression z = array(op.z());
        Expression a = array(op.a());
        Exponential exponential = new Exponential(words.precision(), branches());
        exponential.constants(body);
        Body sample = samples(body);
        Name row = sample.integer("row", Expression.product(S, width));
        Expression at = Expression.sum(row, U);
        Name largest = sample.declare(Type.ELEMENT, "largest", Expression.element(z, row));
        sample.loop(U.text(), Expression.number(1), units)
                .assign(largest, Expression.math("max", largest, Expression.element(z, at)));
        Name top = sample.register("top", Registers.broadcast(largest));
        Body vector = sample.loop(U.text(), none, width, Names.LANES);
        Name less = vector.register("z", Registers.subtract(Registers.load(z, at), top));
        vector.store(a, at, exponential.exp(vector, "e", less));
        Name sum = sample.declare(Type.ELEMENT, "sum", none);
        sample.loop(U.text(), units).increase(sum, Expression.element(a, at));
        Name share = sample.register("share", Registers.broadcast(Expression.over(Expression.number(1), sum)));
        sample.loop(U.text(), none, width, Names.LANES).store(a, at, Registers.multiply(Registers.load(a, at), share));
    }

    public Kernel gradient(ActivationGradient op) {
        return kernel(
                op,
                Names.camelCase(op.activation().keyword()) + "Gradient" + op.layer(),
                ActivationEmitter::differentiated);
    }

    private void differentiated(Body body, ActivationGradient op) {
        if (!op.activation().elementwise()) {
            softmaxGradient(body, op);
            return;
        }
        Formula derivative = op.activation().derivative();
        boolean atZ = op.activation().differentiatedAtZ();
        FormulaCode.constantsOfFactor(body, words.precision(), derivative);
        loops(body, op.da(), (turn, at) -> {
            Name place = turn.register(atZ ? "z" : "a", load(op.at(), at));
            Map<Variable, Expression> names = Map.of(atZ ? Variable.Z : Variable.A, place);
            Expression value = load(op.da(), at);
            Expression dz = FormulaCode.times(turn, words.precision(), branches(), value, derivative, names);
            turn.store(array(op.dz()), at, dz);
        });
    }

    /** {@code dz_j = a_j (da_j - sum over k of da_k a_k)}. */
    private void softmaxGradient(Body body, ActivationGradient op) {
        Expression units = Names.units(op.layer());
        Expression index = emission.operand(op.at(), Axis.UNITS).index(Axis.UNITS, U, Axis.SAMPLES, S);
        Expression da = Registers.load(array(op.da()), index);
        Expression a = Registers.load(array(op.at()), index);
        Body sample = samples(body);
        Name sum = sample.register("sum", Registers.zero());
        sample.loop(U.text(), units).accumulate(sum, da, a);
        sample.loop(U.text(), units).store(array(op.dz()), index, Registers.multiply(Registers.subtract(da, sum), a));
    }

    /** Whether a softmax has vectors of a sample's units. */
    private boolean vectorsOfUnits() {
        return emission.padded() && words.vector() && !rowsOfSamples;
    }

    /** What registers are in the code of an operation. */
    private Words wordsOf(Op op) {
        boolean softmax =
                op instanceof Activate activate && !activate.activation().elementwise();
        boolean gradient =
                op instanceof ActivationGradient of && !of.activation().elementwise();
        return gradient || (softmax && !vectorsOfUnits()) ? acrossUnits() : words;
    }

    /** What runs across the units of one sample is done in vectors of samples, or in numbers. */
    private Words acrossUnits() {
        return rowsOfSamples ? words : words.scalar();
    }

    private static Name array(Buffer buffer) {
        return Expression.name(buffer.name());
    }

    private static Expression load(Buffer buffer, Expression at) {
        return Registers.load(array(buffer), at);
    }

    private interface Turn {
        void take(Body body, Name at);
    }

    /** Loops over units and samples, so that the memory is walked in order. */
    private void loops(Body body, Buffer buffer, Turn turn) {
        Expression units = Names.units(buffer.layer());
        Body inside;
        if (rowsOfSamples) {
            inside = samples(body.loop(U.text(), units));
        } else if (emission.padded() && words.vector()) {
            Expression width = emission.width(buffer.layer());
            inside = samples(body).loop(U.text(), Expression.number(0), width, Names.LANES);
        } else {
            inside = samples(body).loop(U.text(), units);
        }
        Operand operand = emission.operand(buffer, Axis.UNITS);
        turn.take(inside, inside.integer("at", operand.index(Axis.UNITS, U, Axis.SAMPLES, S)));
    }

    /** Whole vectors of samples where they are side by side; what is computed for the padding is never read. */
    private Body samples(Body body) {
        Expression from = Argument.FROM.value();
        Expression to = Argument.TO.value();
        return rowsOfSamples && words.vector()
                ? body.loop(S.text(), from, to, Names.LANES)
                : body.loop(S.text(), from, to);
    }

    /** The statements of an operation, in the words of an emitter. */
    private interface Statements<O extends Op> {
        void emit(ActivationEmitter emitter, Body body, O op);
    }

    /** Where a narrow output has its samples side by side, vectors of them are methods of their own, and so are the samples left. */
    private <O extends Op> Kernel kernel(O op, String name, Statements<O> statements) {
        String text = "{@code " + op + "}";
        List<Method> methods = new ArrayList<>();
        if (emission.narrow(op.layer())) {
            Expression from = Argument.FROM.value();
            Expression to = Argument.TO.value();
            Body body = new Body();
            Name full = body.integer(
                    "full", Expression.sum(from, Expression.whole(Expression.difference(to, from), Names.LANES)));
            body.when(Expression.compare(full, Sign.GREATER, from))
                    .run(Expression.call(name + "Vectors", List.of(from, full)));
            body.when(Expression.compare(full, Sign.LESS, to)).run(Expression.call(name + "Rest", List.of(full, to)));
            methods.add(method(op, name, text, body.build()));
            methods.add(part(op, name + "Vectors", "whole vectors of samples", statements));
            methods.add(inNumbers(op).part(op, name + "Rest", "samples that fill no vector", statements));
        } else {
            methods.add(part(op, name, text, statements));
        }
        return new Kernel(op, name, arguments(op), methods, "");
    }

    private ActivationEmitter inNumbers(Op op) {
        return new ActivationEmitter(emission, op.layer(), words.scalar());
    }

    /** In numbers what vectors cannot do, and what is more in vectors than fits the {@link InliningBudget}. */
    private <O extends Op> Method part(O op, String name, String text, Statements<O> statements) {
        if (wordsOf(op).vector() && !suitsVectors(op)) {
            return inNumbers(op).part(op, name, text + HAS_LOGARITHM, statements);
        }
        Body body = new Body();
        statements.emit(this, body, op);
        List<Statement> code = body.build();
        return !wordsOf(op).vector() || InliningBudget.nodes(code) <= InliningBudget.NODES_ALONE
                ? method(op, name, text, code)
                : inNumbers(op).part(op, name, text + IS_LONG, statements);
    }

    /** A derivative has no logarithm: that of one is a quotient. */
    private static boolean suitsVectors(Op op) {
        return !(op instanceof Activate activate)
                || !activate.activation().elementwise()
                || FormulaCode.suitsVectors(activate.activation().value());
    }

    private Method method(Op op, String name, String text, List<Statement> code) {
        return Method.builder(wordsOf(op), name)
                .parameters(arguments(op))
                .documentation("Layer $L: $L. $L bytes of bytecode.\n", op.layer(), text, Emission.sizeOf(name))
                .code(code);
    }

    private List<Argument> arguments(Op op) {
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(op));
        arguments.addAll(RANGE);
        return arguments;
    }
}
