package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Methods of the runtime that kernels, and the move of parameters to their layout, may call: those of {@code FloatPacking} and {@code Dropout}. A class gets
 * what it calls.
 */
public final class SupportMethods {
    private final TypeName element;
    private final TypeName array;

    public SupportMethods(Precision precision) {
        this.element = Argument.element(precision);
        this.array = ArrayTypeName.of(element);
    }

    /** Adds those that the methods of the class call, or that these call. */
    public void addTo(TypeSpec.Builder type) {
        List<MethodSpec> called = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        type.build().methodSpecs().forEach(method -> code.append(method.code()));
        for (MethodSpec each : all()) {
            // the code of one names those that stand behind it only
            if (Pattern.compile("(?<![\\w.])" + each.name() + "\\(")
                    .matcher(code)
                    .find()) {
                called.add(each);
                code.append(each.code());
            }
        }
        called.forEach(type::addMethod);
    }

    /** Each before those that it calls. */
    private List<MethodSpec> all() {
        return List.of(panels(), rowsOfPanels(), copyRows(), transpose(), maskKey(), keeps(), mix());
    }

    private MethodSpec.Builder method(String name, TypeName result) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(result);
    }

    /** Parameters in order: {@code float[] from}, then numbers. */
    private MethodSpec.Builder move(String name, String... parameters) {
        MethodSpec.Builder method = method(name, TypeName.VOID);
        for (String parameter : parameters) {
            boolean isArray = parameter.equals("from") || parameter.equals("to");
            method.addParameter(isArray ? array : TypeName.INT, parameter);
        }
        return method;
    }

    private MethodSpec copyRows() {
        return move("copyRows", "from", "fromAt", "fromStride", "to", "toAt", "toStride", "rows", "columns")
                .addJavadoc("{@code to[r][c] = from[r][c]}: the rows keep their order and get another distance.\n")
                .beginControlFlow("for (int r = 0; r < rows; r++)")
                .addStatement(
                        "$T.arraycopy(from, fromAt + r * fromStride, to, toAt + r * toStride, columns)", System.class)
                .endControlFlow()
                .build();
    }

    private MethodSpec transpose() {
        return move("transpose", "from", "fromAt", "fromStride", "to", "toAt", "toStride", "rows", "columns")
                .addJavadoc("{@code to[c][r] = from[r][c]}.\n")
                .beginControlFlow("for (int r = 0; r < rows; r++)")
                .beginControlFlow("for (int c = 0; c < columns; c++)")
                .addStatement("to[toAt + c * toStride + r] = from[fromAt + r * fromStride + c]")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private MethodSpec panels() {
        return move("panels", "from", "fromAt", "fromStride", "rows", "inputs", "width", "to", "toAt")
                .addJavadoc("Rows in panels, {@code width} of them side by side: {@code [panels][inputs][width]}.\n")
                .beginControlFlow("for (int r = 0; r < rows; r += width)")
                .addStatement("int some = Math.min(width, rows - r)")
                .addStatement(
                        "transpose(from, fromAt + r * fromStride, fromStride, to, toAt + r * inputs, width, some, inputs)")
                .endControlFlow()
                .build();
    }

    private MethodSpec rowsOfPanels() {
        return move("rowsOfPanels", "from", "fromAt", "rows", "inputs", "width", "to", "toAt", "toStride")
                .addJavadoc("The rows that are in panels.\n")
                .beginControlFlow("for (int r = 0; r < rows; r += width)")
                .addStatement("int some = Math.min(width, rows - r)")
                .addStatement(
                        "transpose(from, fromAt + r * inputs, width, to, toAt + r * toStride, toStride, inputs, some)")
                .endControlFlow()
                .build();
    }

    private MethodSpec maskKey() {
        return method("maskKey", TypeName.LONG)
                .addParameter(TypeName.LONG, "seed")
                .addParameter(TypeName.INT, "update")
                .addJavadoc("Says which activations an update leaves out, whatever was drawn before.\n")
                .addStatement("return mix(mix(seed + 0x9E3779B97F4A7C15L) + update * 0x9E3779B97F4A7C15L) | 1")
                .build();
    }

    private MethodSpec keeps() {
        MethodSpec.Builder method = method("keeps", TypeName.BOOLEAN).addParameter(TypeName.LONG, "key");
        Stream.of("layer", "sample", "unit", "dropped").forEach(name -> method.addParameter(TypeName.INT, name));
        return method.addJavadoc("Whether an activation stays: {@code dropped} of 2^24 do not.\n")
                .addStatement(
                        "long place = layer * 0x9E3779B97F4A7C15L + sample * 0xC2B2AE3D27D4EB4FL + unit * 0x165667B19E3779F9L")
                .addStatement("return key == 0 || mix(key + place) >>> 40 >= dropped")
                .build();
    }

    private MethodSpec mix() {
        return method("mix", TypeName.LONG)
                .addParameter(TypeName.LONG, "bits")
                .addJavadoc("The finalizer of SplitMix64 (Steele, Lea and Flood 2014).\n")
                .addStatement("long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L")
                .addStatement("mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL")
                .addStatement("return mixed ^ (mixed >>> 31)")
                .build();
    }
}
