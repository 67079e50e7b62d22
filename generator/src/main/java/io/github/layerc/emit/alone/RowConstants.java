package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** What a table has learned as arrays in the code. Each is in a class of its own, whose initialisation has room for some 8,000 numbers. */
final class RowConstants {
    private final Network network;

    RowConstants(Network network) {
        this.network = network;
    }

    /** The class around an array; the network's own name in it, so that it cannot be the name of a class around it. */
    private String holder(String what) {
        return network.name() + what;
    }

    /** The array, for code inside of the class that has it. */
    CodeBlock use(String what) {
        return CodeBlock.of("$L.VALUES", holder(what));
    }

    TypeSpec holder(String what, String words, Precision precision, int count, IntToDoubleFunction number) {
        CodeBlock all = IntStream.range(0, count)
                .mapToObj(i -> CodeBlock.of("$L", Decimal.of(precision.rounded(number.applyAsDouble(i)), precision)))
                .collect(CodeBlock.joining(",$W"));
        return TypeSpec.classBuilder(holder(what))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L\n", words)
                .addField(FieldSpec.builder(
                                ArrayTypeName.of(Argument.element(precision)),
                                "VALUES",
                                Modifier.STATIC,
                                Modifier.FINAL)
                        .initializer("{$L}", all)
                        .build())
                .build();
    }
}
