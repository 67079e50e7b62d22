package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.table.Column;
import io.github.layerc.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Where the inputs of columns and patterns are, and code that names the first one without a value; tables in the code, so that it stays short for many of them. */
final class RowPlaces {
    private final List<Part> parts = new ArrayList<>();
    private final String box;

    /**
     * A column, or those of a pattern.
     *
     * @param column number of the first
     * @param at where its inputs begin
     * @param count columns of a pattern, 0 for a column by itself
     */
    record Part(String name, int column, int at, int count) {}

    /** @param box the class of the inputs' type */
    RowPlaces(Table table, String box) {
        this.box = box;
        List<Column> columns = table.columns();
        int at = 0;
        for (int c = 0; c < columns.size(); c++) {
            Column column = columns.get(c);
            String group = column.group();
            if (group.isEmpty()) {
                parts.add(new Part(column.name(), c, at, 0));
            } else if (c == 0 || !columns.get(c - 1).group().equals(group)) {
                long count = columns.stream()
                        .filter(each -> each.group().equals(group))
                        .count();
                parts.add(new Part(group, c, at, (int) count));
            }
            at += column.features();
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** Adds what {@link #missing} asks. */
    void addNamesTo(TypeSpec.Builder rows) {
        TypeName text = ClassName.get(String.class);
        rows.addField(
                array(text, "NAMES", "Columns, and patterns of columns.", part -> CodeBlock.of("$S", part.name())));
        rows.addField(
                array(TypeName.INT, "AT", "Where the inputs of each begin.", part -> CodeBlock.of("$L", part.at())));
        rows.addField(array(
                TypeName.INT,
                "COUNTS",
                "Columns of a pattern, 0 for a column.",
                part -> CodeBlock.of("$L", part.count())));
    }

    private FieldSpec array(TypeName element, String name, String words, Function<Part, CodeBlock> value) {
        return FieldSpec.builder(ArrayTypeName.of(element), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L\n", words)
                .initializer("{$L}", parts.stream().map(value).collect(CodeBlock.joining(",$W")))
                .build();
    }

    /** What is said of the first column whose input is no number. */
    MethodSpec missing() {
        return MethodSpec.methodBuilder("missing")
                .addModifiers(Modifier.PRIVATE)
                .returns(String.class)
                .beginControlFlow("for (int n = 0; n < NAMES.length; n++)")
                .beginControlFlow("for (int i = 0; i < Math.max(1, COUNTS[n]); i++)")
                .beginControlFlow("if ($L.isNaN(features[AT[n] + i]))", box)
                .addStatement("String number = COUNTS[n] == 0 ? $S : (i + 1) + $S", "", " of ")
                .addStatement("return $S + number + NAMES[n] + $S", "column ", " must have a value: value=NaN")
                .endControlFlow()
                .endControlFlow()
                .endControlFlow()
                .addStatement("return $S", "outputs must be numbers: output=NaN")
                .build();
    }
}
