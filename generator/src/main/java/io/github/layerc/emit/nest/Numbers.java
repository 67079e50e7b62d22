package io.github.layerc.emit.nest;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.nest.Expression.Choice;
import io.github.layerc.emit.nest.Expression.Grouped;
import io.github.layerc.emit.nest.Expression.Hoisted;
import io.github.layerc.emit.nest.Expression.Operation;
import io.github.layerc.emit.nest.Statement.Accumulate;
import io.github.layerc.emit.nest.Statement.AddScaled;
import io.github.layerc.emit.nest.Statement.Assign;
import io.github.layerc.emit.nest.Statement.Change;
import io.github.layerc.emit.nest.Statement.Hoist;
import io.github.layerc.emit.nest.Statement.Store;
import io.github.layerc.network.Precision;
import java.util.List;
import java.util.Optional;

/**
 * Registers of the scalar target: each is a number.
 *
 * @param fused whether a multiply-add of numbers is one instruction. Where vectors are, it is; elsewhere {@code Math.fma} may be a thousand
 *     times slower than a product and a sum.
 */
record Numbers(Precision precision, boolean fused) implements Dialect {
    @Override
    public TypeName register() {
        return precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
    }

    @Override
    public TypeName bits() {
        return precision == Precision.FLOAT ? TypeName.INT : TypeName.LONG;
    }

    @Override
    public Expression plain(Operation operation) {
        List<Expression> of = operation.operands();
        boolean isFloat = precision == Precision.FLOAT;
        ClassName boxed = ClassName.get(isFloat ? Float.class : Double.class);
        return switch (operation.operator()) {
            case ZERO -> Expression.number(0);
            case BROADCAST -> of.get(0);
            case LOAD -> Expression.element(of.get(0), of.get(1));
            case ADD -> Expression.plus(of.get(0), of.get(1));
            case SUBTRACT -> Expression.minus(of.get(0), of.get(1));
            case MULTIPLY -> Expression.times(of.get(0), of.get(1));
            case DIVIDE -> Expression.over(of.get(0), of.get(1));
            case MAX -> Expression.math("max", of.get(0), of.get(1));
            case MIN -> Expression.math("min", of.get(0), of.get(1));
            case ABSOLUTE -> Expression.math("abs", of.get(0));
            case NEGATE -> Expression.negative(of.get(0));
            case MULTIPLY_ADD ->
                fused
                        ? Expression.math("fma", of.get(0), of.get(1), of.get(2))
                        : Expression.plus(Expression.times(of.get(0), of.get(1)), of.get(2));
            case AT_MOST -> Expression.compare(of.get(0), Sign.AT_MOST, of.get(1));
            case BLEND -> new Grouped(new Choice(of.get(2), of.get(1), of.get(0)));
            case TO_BITS -> Expression.call(boxed, isFloat ? "floatToRawIntBits" : "doubleToRawLongBits", of.get(0));
            case SHIFT -> Expression.compare(of.get(0), Sign.SHIFT, of.get(1));
            case FROM_BITS -> Expression.call(boxed, isFloat ? "intBitsToFloat" : "longBitsToDouble", of.get(0));
            case STORE, REARRANGE -> throw new AssertionError("no number: " + operation);
        };
    }

    @Override
    public Expression plain(Hoisted hoisted) {
        return hoisted.number();
    }

    @Override
    public Optional<Statement> plain(Hoist hoist) {
        return Optional.empty();
    }

    @Override
    public Statement plain(Accumulate accumulate) {
        return sum(accumulate, fused);
    }

    /** {@code sum += a * b}, or the same in one instruction. */
    static Statement sum(Accumulate of, boolean fused) {
        return fused
                ? new Assign(of.sum(), Expression.math("fma", of.a(), of.b(), of.sum()))
                : new Change(of.sum(), Sign.PLUS, Expression.times(of.a(), of.b()));
    }

    @Override
    public Statement plain(Store store) {
        return new Assign(Expression.element(store.array(), store.index()), store.value());
    }

    @Override
    public Statement plain(AddScaled add) {
        return new Change(
                Expression.element(add.array(), add.index()), Sign.PLUS, Expression.times(add.factor(), add.value()));
    }
}
