package io.github.layerc.emit.product;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
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
    private boolean reluDerivative;

    RowAdders(Emission emission) {
        this.emission = emission;
    }

    /** The call for {@code sums[j] += factors[0] * rows[0][j] + ...}, {@code j < length}. */
    String call(String sums, String length, List<String> rows, List<String> factors) {
        numbers.add(rows.size());
        return NAME + rows.size() + "(" + sums + ", " + length + ", " + String.join(", ", rows) + ", "
                + String.join(", ", factors) + ")";
    }

    /** To be called where {@link Words#RELU_DERIVATIVE} is. */
    void needReluDerivative() {
        reluDerivative = true;
    }

    List<MethodSpec> methods() {
        List<MethodSpec> methods =
                new ArrayList<>(numbers.stream().map(this::method).toList());
        if (reluDerivative) {
            methods.add(reluDerivative());
        }
        return methods;
    }

    /** Large twice, so that the smallest number that there is becomes more than 1. A delta that has overflowed makes NaN of a 0, not 0. */
    private MethodSpec reluDerivative() {
        TypeName element = Argument.element(emission.network().precision());
        Words words = emission.words().scalar();
        String large = emission.network().precision() == Precision.FLOAT ? "1e38f" : "1e300";
        return MethodSpec.methodBuilder(Words.RELU_DERIVATIVE)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addJavadoc(
                        "The derivative of relu for the activation, without a branch: C2 makes vectors of the loops that call it.\n")
                .returns(element)
                .addParameter(element, "a")
                .addCode(new Lines()
                        .line("return " + words.min("a * " + large + " * " + large, words.constant(1)))
                        .build())
                .build();
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
