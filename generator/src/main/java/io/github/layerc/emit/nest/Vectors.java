package io.github.layerc.emit.nest;

import com.palantir.javapoet.ClassName;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.ClassOf;
import io.github.layerc.emit.nest.Expression.Field;
import io.github.layerc.emit.nest.Expression.Hoisted;
import io.github.layerc.emit.nest.Expression.Operation;
import io.github.layerc.emit.nest.Statement.Accumulate;
import io.github.layerc.emit.nest.Statement.AddScaled;
import io.github.layerc.emit.nest.Statement.Assign;
import io.github.layerc.emit.nest.Statement.Declare;
import io.github.layerc.emit.nest.Statement.Hoist;
import io.github.layerc.emit.nest.Statement.Run;
import io.github.layerc.emit.nest.Statement.Store;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Registers of the vector target: vectors of the species that the class has chosen. */
record Vectors(Precision precision) implements Dialect {
    private static final Expression SPECIES = Expression.name("SPECIES");
    private static final ClassOf OPERATORS = new ClassOf(Dialect.vectorApi("VectorOperators"));

    @Override
    public ClassName register() {
        return Dialect.vectorApi(precision == Precision.FLOAT ? "FloatVector" : "DoubleVector");
    }

    @Override
    public ClassName bits() {
        return Dialect.vectorApi(precision == Precision.FLOAT ? "IntVector" : "LongVector");
    }

    @Override
    public Expression plain(Operation operation) {
        List<Expression> of = operation.operands();
        String call = operation.operator().call();
        return switch (operation.operator()) {
            case ZERO, BROADCAST, LOAD -> {
                List<Expression> arguments = new ArrayList<>(List.of(SPECIES));
                arguments.addAll(of);
                yield new Call(new ClassOf(register()), Expression.name(call), arguments);
            }
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, MIN, NEGATE, ABSOLUTE, MULTIPLY_ADD, BLEND, REARRANGE ->
                new Call(of.get(0), Expression.name(call), of.subList(1, of.size()));
            case AT_MOST -> Expression.call(of.get(0), call, new Field(OPERATORS, "LE"), of.get(1));
            case SHIFT -> Expression.call(of.get(0), call, new Field(OPERATORS, "LSHL"), of.get(1));
            case TO_BITS ->
                Expression.call(of.get(0), precision == Precision.FLOAT ? "reinterpretAsInts" : "reinterpretAsLongs");
            case FROM_BITS ->
                Expression.call(
                        of.get(0), precision == Precision.FLOAT ? "reinterpretAsFloats" : "reinterpretAsDoubles");
            case STORE -> throw new AssertionError("no register: " + operation);
        };
    }

    @Override
    public Expression plain(Hoisted hoisted) {
        return Expression.name(hoisted.name());
    }

    @Override
    public Optional<Statement> plain(Hoist hoist) {
        return Optional.of(new Declare(Type.REGISTER, hoist.name(), Registers.broadcast(hoist.number())));
    }

    /** Where vectors are, a multiply-add of numbers is one instruction, too. */
    @Override
    public Statement plain(Accumulate accumulate) {
        return accumulate.type() == Type.REGISTER
                ? new Assign(accumulate.sum(), Registers.multiplyAdd(accumulate.a(), accumulate.b(), accumulate.sum()))
                : Numbers.sum(accumulate, true);
    }

    @Override
    public Statement plain(Store store) {
        return new Run(Expression.call(store.value(), Operator.STORE.call(), store.array(), store.index()));
    }

    @Override
    public Statement plain(AddScaled add) {
        Expression old = Registers.load(add.array(), add.index());
        return plain(new Store(add.array(), add.index(), Registers.multiplyAdd(add.value(), add.factor(), old)));
    }
}
