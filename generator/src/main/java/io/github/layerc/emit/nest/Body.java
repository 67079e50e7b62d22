package io.github.layerc.emit.nest;

import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects statements. Loops and conditions give a body of their own, which may still be added to when what follows them was added:
 *
 * <pre>
 * Body turn = body.loop("u", units);
 * turn.run(...);
 * </pre>
 */
public final class Body {
    private final List<Supplier<Statement>> statements = new ArrayList<>();

    public Body add(Statement statement) {
        statements.add(() -> statement);
        return this;
    }

    public Body add(List<Statement> more) {
        more.forEach(this::add);
        return this;
    }

    public Name declare(Type type, String name, Expression value) {
        add(new Statement.Declare(type, name, value));
        return Expression.name(name);
    }

    /** With a comment behind it. */
    public Name declare(Type type, String name, Expression value, String comment) {
        add(new Statement.Explained(new Statement.Declare(type, name, value), comment));
        return Expression.name(name);
    }

    public Name integer(String name, Expression value) {
        return declare(Type.INT, name, value);
    }

    public Name register(String name, Expression value) {
        return declare(Type.REGISTER, name, value);
    }

    public Body assign(Expression target, Expression value) {
        return add(new Statement.Assign(target, value));
    }

    /** {@code target += amount}, of numbers. */
    public Body increase(Expression target, Expression amount) {
        return add(new Statement.Change(target, Sign.PLUS, amount));
    }

    public Body hoist(String name, Expression number) {
        return add(new Statement.Hoist(name, number));
    }

    public Body store(Expression array, Expression index, Expression value) {
        return add(new Statement.Store(array, index, value));
    }

    public Body addScaled(Expression array, Expression index, Expression factor, Expression value) {
        return add(new Statement.AddScaled(array, index, factor, value));
    }

    /** {@code sum + a * b} of registers. */
    public Body accumulate(Expression sum, Expression a, Expression b) {
        return add(new Statement.Accumulate(Type.REGISTER, sum, a, b));
    }

    /** {@code sum + a * b} of numbers. */
    public Body accumulateNumber(Expression sum, Expression a, Expression b) {
        return add(new Statement.Accumulate(Type.ELEMENT, sum, a, b));
    }

    public Body run(Call call) {
        return add(new Statement.Run(call));
    }

    public Body run(Call call, String comment) {
        return add(new Statement.Explained(new Statement.Run(call), comment));
    }

    public Body leave() {
        return add(new Statement.Return(null));
    }

    public Body leave(Expression value) {
        return add(new Statement.Return(value));
    }

    public Body comment(String text) {
        return add(new Statement.Comment(text));
    }

    public Body blank() {
        return add(new Statement.Blank());
    }

    /** From 0 on, by 1. */
    public Body loop(String variable, Expression end) {
        return loop(variable, Expression.number(0), end);
    }

    /** By 1. */
    public Body loop(String variable, Expression start, Expression end) {
        return loop(variable, start, end, null);
    }

    public Body loop(String variable, Expression start, Expression end, Expression step) {
        return turns(variable, start, Expression.compare(Expression.name(variable), Sign.LESS, end), step);
    }

    private Body turns(String variable, Expression start, Expression condition, Expression step) {
        Body turn = new Body();
        statements.add(() -> new Statement.Loop(variable, start, condition, step, turn.build()));
        return turn;
    }

    /** As long as a whole step is left, with a variable that is there. */
    public Body steps(Name variable, Expression end, Expression step) {
        return turns(
                variable.text(),
                null,
                Expression.compare(variable, Sign.AT_MOST, Expression.difference(end, step)),
                step);
    }

    /** What is left, by 1, with a variable that is there. */
    public Body rest(Name variable, Expression end) {
        return turns(variable.text(), null, Expression.compare(variable, Sign.LESS, end), null);
    }

    public Body when(Expression condition) {
        Body then = new Body();
        statements.add(() -> new Statement.If(condition, then.build(), List.of()));
        return then;
    }

    public Body choose(Expression condition, Body then, Body otherwise) {
        statements.add(() -> new Statement.If(condition, then.build(), otherwise.build()));
        return this;
    }

    public List<Statement> build() {
        return statements.stream().map(Supplier::get).toList();
    }
}
