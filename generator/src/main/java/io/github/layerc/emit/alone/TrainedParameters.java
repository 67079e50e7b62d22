package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.lang.model.element.Modifier;

/**
 * The parameters that a class carries: in its text where they are few, else in a resource beside it. The resource has the numbers of the canonical layout one
 * behind the other, IEEE 754, the most significant byte first.
 */
public final class TrainedParameters {
    /** From so many bytes on they are a resource: as text they would be longer than the code. */
    public static final int LEAST_RESOURCE = 8192;

    /** Characters of a line of numbers. */
    private static final int LINE = 100;

    private final Network network;
    private final double[] values;

    /** @param values in the canonical layout, numbers of the network's precision */
    public TrainedParameters(Network network, double[] values) {
        this.network = network;
        this.values = values.clone();
    }

    /** Whether they stand in the text. */
    public boolean inText() {
        return bytes() < LEAST_RESOURCE;
    }

    /** Length of the resource. */
    public int bytes() {
        return Math.multiplyExact(values.length, isFloat() ? Float.BYTES : Double.BYTES);
    }

    /** Name of the resource, simple as that of the class. */
    public String resourceName() {
        return network.name() + ".parameters";
    }

    /** The content of the resource. */
    public byte[] resource() {
        ByteBuffer buffer = ByteBuffer.allocate(bytes());
        for (double value : values) {
            if (isFloat()) {
                buffer.putFloat((float) value);
            } else {
                buffer.putDouble(value);
            }
        }
        return buffer.array();
    }

    long checksum() {
        CRC32 checksum = new CRC32();
        checksum.update(resource());
        return checksum.getValue();
    }

    private boolean isFloat() {
        return network.precision() == Precision.FLOAT;
    }

    /** Name of the class around the numbers; the network's own name in it, so that it cannot be the name of the class around it. */
    static String holder(Network network) {
        return network.name() + "Parameters";
    }

    /** The class around the numbers, whose initialisation may have more bytes than other methods. */
    TypeSpec holderType() {
        TypeName array = ArrayTypeName.of(Argument.element(network.precision()));
        return TypeSpec.classBuilder(holder(network))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The trained parameters, of each layer weights {@code [units][fan-in]}, then bias.\n")
                .addField(FieldSpec.builder(array, "CANONICAL", Modifier.STATIC, Modifier.FINAL)
                        .initializer(numbers())
                        .build())
                .build();
    }

    private CodeBlock numbers() {
        CodeBlock.Builder code = CodeBlock.builder().add("{\n$>");
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                code.add(
                        "// $L [$L]$L\n",
                        each.name(),
                        each.rows(),
                        each.columns() == 1 ? "" : "[" + each.columns() + "]");
                lines(each).forEach(line -> code.add("$L\n", line));
            }
        }
        return code.add("$<}").build();
    }

    /** The numbers of an array; each row of a matrix begins a line. */
    private List<String> lines(Layer.Parameters array) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < array.rows() * array.columns(); i++) {
            String number = Decimal.of(values[array.at() + i], network.precision()) + ",";
            boolean newRow = array.columns() > 1 && i % array.columns() == 0;
            if (!line.isEmpty() && (newRow || line.length() + 1 + number.length() > LINE)) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(number);
        }
        lines.add(line.toString());
        return lines;
    }
}
