package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Helper;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Grouped;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Precision;
import java.util.List;

/** The method of a class that adds up the lanes of a vector that was stored. */
final class LaneSums {
    private static final String NAME = "sumOfLanes";

    private LaneSums() {}

    /** The sum of the vector of an array that starts at a place. */
    static Call sum(Words words, Expression array, Expression at) {
        return Expression.call(new Helper(Helper.Kind.SUM_OF_LANES, 0, method(words)), List.of(array, at));
    }

    private static Method method(Words words) {
        Name vectors = Expression.name("vectors");
        Name at = Expression.name("at");
        // registers of 128 bits have four floats, or two doubles
        int chains = words.precision() == Precision.FLOAT ? 4 : 2;
        Body body = new Body();
        for (int c = 0; c < chains; c++) {
            body.declare(Type.ELEMENT, sum(c).text(), Expression.number(0));
        }
        Name l = Expression.name("l");
        Body turn = body.loop(l.text(), at, Expression.sum(at, Names.LANES), Expression.number(chains));
        for (int c = 0; c < chains; c++) {
            turn.increase(sum(c), Expression.element(vectors, Expression.sum(l, c)));
        }
        body.leave(chains == 4 ? Expression.plus(pair(0, 2), pair(1, 3)) : Expression.plus(sum(0), sum(1)));
        return Method.builder(words.scalar(), NAME)
                .isStatic()
                .returns(Type.ELEMENT)
                .parameter(Type.ARRAY, vectors.text())
                .parameter(Type.INT, at.text())
                .documentation(
                        "The sum of the vector that starts at {@code at}, in an order of its own: {@code reduceLanes} gives other bits before and after"
                                + " compilation, and training would not be repeatable.\n")
                .code(body);
    }

    private static Expression pair(int first, int second) {
        return new Grouped(Expression.plus(sum(first), sum(second)));
    }

    private static Name sum(int chain) {
        return Expression.name("sum" + chain);
    }
}
