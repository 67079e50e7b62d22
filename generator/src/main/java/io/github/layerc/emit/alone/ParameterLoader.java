package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Members;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.lang.model.element.Modifier;

/** How a class gets at its {@link TrainedParameters}: a method {@code trained()} that returns them in the canonical layout. */
public final class ParameterLoader {
    private static final String DAMAGED = ": damaged parameters: expected ";

    private final Network network;
    private final TrainedParameters parameters;
    private final ClassName self;
    private final TypeName element;

    public ParameterLoader(Network network, TrainedParameters parameters) {
        this.network = network;
        this.parameters = parameters;
        this.self = ClassName.get(network.packageName(), network.name());
        this.element = Argument.element(network.precision());
    }

    /** Adds the method, and what it needs. */
    public void addTo(TypeSpec.Builder type) {
        MethodSpec.Builder method = MethodSpec.methodBuilder("trained")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(ArrayTypeName.of(element));
        if (parameters.inText()) {
            type.addType(parameters.holderType());
            type.addMethod(method.addStatement("return $L.CANONICAL", TrainedParameters.holder(network))
                    .build());
            return;
        }
        type.addField(FieldSpec.builder(String.class, "RESOURCE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "It lies where this class does: the numbers of W1, b1, W2, b2, ..., the most significant byte first.\n")
                .initializer("$S", parameters.resourceName())
                .build());
        type.addField(Members.constant(TypeName.INT, "RESOURCE_BYTES", Members.number(parameters.bytes())));
        type.addField(Members.constant(
                TypeName.LONG, "RESOURCE_CRC32", CodeBlock.of("0x$LL", Long.toHexString(parameters.checksum()))));
        type.addMethod(method.addJavadoc(
                        "Reads the resource.\n\n@throws IllegalStateException if it is not there, or is not what belongs to this class\n")
                .addCode(read())
                .addCode(check())
                .addCode(numbers())
                .build());
    }

    private CodeBlock read() {
        return CodeBlock.builder()
                .addStatement("byte[] bytes = new byte[RESOURCE_BYTES]")
                .beginControlFlow("try ($T in = $T.class.getResourceAsStream(RESOURCE))", InputStream.class, self)
                .beginControlFlow("if (in == null)")
                .addStatement(
                        "throw new $T($S + RESOURCE)",
                        IllegalStateException.class,
                        self.canonicalName() + ": expected its parameters in a resource beside the class: resource=")
                .endControlFlow()
                .addStatement("int length = 0")
                .add("// a stream hands out as much at a time as it likes\n")
                .beginControlFlow("while (length < bytes.length)")
                .addStatement("int read = in.read(bytes, length, bytes.length - length)")
                .beginControlFlow("if (read < 0)")
                .addStatement(
                        "throw new $T(RESOURCE + $S + RESOURCE_BYTES + $S + length)",
                        IllegalStateException.class,
                        DAMAGED,
                        " bytes, found ")
                .endControlFlow()
                .addStatement("length += read")
                .endControlFlow()
                .beginControlFlow("if (in.read() >= 0)")
                .addStatement(
                        "throw new $T(RESOURCE + $S + RESOURCE_BYTES + $S)",
                        IllegalStateException.class,
                        DAMAGED,
                        " bytes, found more")
                .endControlFlow()
                .nextControlFlow("catch ($T e)", IOException.class)
                .addStatement(
                        "throw new $T(RESOURCE + $S + e.getMessage(), e)",
                        UncheckedIOException.class,
                        ": cannot be read: ")
                .endControlFlow()
                .build();
    }

    private CodeBlock check() {
        return CodeBlock.builder()
                .addStatement("$T checksum = new $T()", CRC32.class, CRC32.class)
                .addStatement("checksum.update(bytes, 0, bytes.length)")
                .beginControlFlow("if (checksum.getValue() != RESOURCE_CRC32)")
                .addStatement(
                        "throw new $T(RESOURCE + $S + Long.toHexString(RESOURCE_CRC32) + $S + Long.toHexString(checksum.getValue()))",
                        IllegalStateException.class,
                        ": damaged parameters, or those of another class: expected the CRC-32 ",
                        ", found ")
                .endControlFlow()
                .build();
    }

    private CodeBlock numbers() {
        boolean isFloat = network.precision() == Precision.FLOAT;
        return CodeBlock.builder()
                .addStatement("$T[] canonical = new $T[$L]", element, element, Members.number(network.parameterCount()))
                .addStatement(
                        "$T.wrap(bytes).as$LBuffer().get(canonical)", ByteBuffer.class, isFloat ? "Float" : "Double")
                .addStatement("return canonical")
                .build();
    }
}
