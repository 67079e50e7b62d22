package io.github.layerc.emit.product;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.DerivativeMethod;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.network.Activation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * The methods of a class that add up scaled rows, one for each number of rows, emitted for the numbers that are called.
 *
 * <p>C2 of JDK 17 to 25 makes vectors of such a loop where all of its arrays start at the same index; of rows that lie in one array at places
 * that it does not know it makes none, since a store might change what is loaded next. One sum of four rows is as much as it takes reliably: of
 * two sums, or of eight rows, it makes vectors on one JDK and not on the other. In floats, sums of 209 columns: 57 GFLOP/s, and 12 without
 * vectors.
 */
final class RowAdders {
    /** Rows that are added at a time. */
    static final int ROWS = 4;

    private static final String NAME = "addRows";

    private final Emission emission;
    private final Set<Integer> numbers = new TreeSet<>();
    private final Set<Activation> derivatives = new LinkedHashSet<>();

    RowAdders(Emission emission) {
        this.emission = emission;
    }

    /** The call for {@code sums[j] += factors[0] * rows[0][j] + ...}, {@code j < length}. */
    String call(String sums, String length, List<String> rows, List<String> factors) {
        numbers.add(rows.size());
        return NAME + rows.size() + "(" + sums + ", " + length + ", " + String.join(", ", rows) + ", "
                + String.join(", ", factors) + ")";
    }

    /** To be called where {@link DerivativeMethod} is. */
    void needDerivative(Activation activation) {
        derivatives.add(activation);
    }

    List<MethodSpec> methods() {
        List<MethodSpec> methods =
                new ArrayList<>(numbers.stream().map(this::method).toList());
        derivatives.forEach(activation -> methods.add(
                DerivativeMethod.method(activation, emission.network().precision())));
        return methods;
    }

    private MethodSpec method(int number) {
        TypeName element = Argument.element(emission.network().precision());
        MethodSpec.Builder method = MethodSpec.methodBuilder(NAME + number)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc(
                        "Adds scaled rows to sums. C2 makes vectors of this loop: all of its arrays start at the same index.\n")
                .addParameter(ArrayTypeName.of(element), "sums")
                .addParameter(TypeName.INT, "length");
        List<String> terms = new ArrayList<>();
        for (int q = 0; q < number; q++) {
            method.addParameter(ArrayTypeName.of(element), "row" + q);
            terms.add("factor" + q + " * row" + q + "[j]");
        }
        for (int q = 0; q < number; q++) {
            method.addParameter(element, "factor" + q);
        }
        Lines lines = new Lines();
        lines.begin("for (int j = 0; j < length; j++)");
        lines.line("sums[j] += " + String.join(" + ", terms)).end();
        return method.addCode(lines.build()).build();
    }
}
