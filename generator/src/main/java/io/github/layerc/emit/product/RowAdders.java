package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Helper;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Words;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The methods of a class that add up scaled rows, one for each number of rows.
 *
 * <p>C2 of JDK 17 to 25 makes vectors of such a loop where all of its arrays start at the same index; of rows that lie in one array at places
 * that it does not know it makes none, since a store might change what is loaded next. One sum of four rows is as much as it takes reliably: of
 * two sums, or of eight rows, it makes vectors on one JDK and not on the other. In floats, sums of 209 columns: 57 GFLOP/s, and 12 without
 * vectors.
 */
final class RowAdders {
    private RowAdders() {}

    /** The call for {@code sums[j] += factors[0] * rows[0][j] + ...}, {@code j < length}. */
    static Call call(Words words, Expression sums, Expression length, List<Expression> rows, List<Expression> factors) {
        List<Expression> values = new ArrayList<>(List.of(sums, length));
        values.addAll(rows);
        values.addAll(factors);
        Helper adder = new Helper(Helper.Kind.ROW_ADDER, rows.size(), method(words.scalar(), rows.size()));
        return Expression.call(adder, values);
    }

    private static Method method(Words words, int number) {
        Name sums = Expression.name("sums");
        Name length = Expression.name("length");
        Name j = Expression.name("j");
        Method.Builder method = Method.builder(words, "addRows" + number)
                .isStatic()
                .documentation(
                        "Adds scaled rows to sums. C2 makes vectors of this loop: all of its arrays start at the same index.\n")
                .parameter(Type.ARRAY, sums.text())
                .parameter(Type.INT, length.text());
        Expression scaled = null;
        for (int q = 0; q < number; q++) {
            method.parameter(Type.ARRAY, "row" + q);
            Expression term =
                    Expression.times(Expression.name("factor" + q), Expression.element(Expression.name("row" + q), j));
            scaled = scaled == null ? term : Expression.plus(scaled, term);
        }
        for (int q = 0; q < number; q++) {
            method.parameter(Type.ELEMENT, "factor" + q);
        }
        Body body = new Body();
        body.loop(j.text(), length).increase(Expression.element(sums, j), scaled);
        return method.code(body);
    }
}
