package io.github.layerc.emit.nest;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.nest.Expression.Hoisted;
import io.github.layerc.emit.nest.Expression.Operation;
import io.github.layerc.emit.nest.Statement.Accumulate;
import io.github.layerc.emit.nest.Statement.AddScaled;
import io.github.layerc.emit.nest.Statement.Hoist;
import io.github.layerc.emit.nest.Statement.Store;
import java.util.Optional;

/** What registers are for a target: the same code in plain Java, in numbers or with calls of the Vector API. */
interface Dialect {
    TypeName register();

    /** Integers as wide as the elements of a register. */
    TypeName bits();

    Expression plain(Operation operation);

    Expression plain(Hoisted hoisted);

    /** Empty where numbers stand where they are used. */
    Optional<Statement> plain(Hoist hoist);

    Statement plain(Accumulate accumulate);

    Statement plain(Store store);

    Statement plain(AddScaled add);

    static ClassName vectorApi(String name) {
        return ClassName.get("jdk.incubator.vector", name);
    }
}
