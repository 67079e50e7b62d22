package io.github.layerc.emit.table;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;

/**
 * Calls of the runtime's {@code FloatRows} or {@code DoubleRows}, which learns from a model what a table has learned.
 *
 * @param element of the rows
 */
public record RuntimeCalls(TypeName element) implements RowCalls {
    @Override
    public CodeBlock begin(boolean writes) {
        return writes
                ? CodeBlock.of("$T features = rows.features();\n", ArrayTypeName.of(element))
                : CodeBlock.of("rows.fitted();\n");
    }

    @Override
    public CodeBlock filled(int column, CodeBlock number) {
        return CodeBlock.of("rows.filled($L, $L)", column, number);
    }

    @Override
    public CodeBlock oneForEach(int column, int at, CodeBlock number) {
        return CodeBlock.of("rows.oneForEach($L, $L, $L)", column, at, number);
    }

    @Override
    public CodeBlock group(String name, CodeBlock values, int column, int at, int count) {
        return CodeBlock.of("rows.group($S, $L, $L, $L, $L);\n", name, values, column, at, count);
    }

    @Override
    public CodeBlock target(int target) {
        return CodeBlock.of("rows.target($L)", target);
    }

    @Override
    public String centers() {
        return ", which the first layer takes over";
    }

    @Override
    public String errors() {
        return """
                @throws IllegalArgumentException if the row has no value in a column where it must have one
                @throws IllegalStateException if there are no parameters yet, or the table has learned nothing yet
                """;
    }
}
