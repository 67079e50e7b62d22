package io.github.layerc.emit.table;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Members;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import io.github.layerc.table.TableEngine;
import io.github.layerc.table.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** Rows with a type, and what is predicted for one. */
public final class RowEmitter {
    /** Columns of one method: each is some 30 bytes of bytecode. */
    private static final int MOST_PARTS = 100;

    /** Components of a record: a constructor has 255 slots, one for itself, and a double takes two. */
    private static final int MOST_SLOTS = 254;

    private static final String PROBABILITIES = """
            The probabilities of the classes, in their order. Allocates nothing.

            @param out {@code [$L]}
            """;

    private final Network network;
    private final Table table;
    private final TableNames names;
    private final TypeName element;
    private final RowTypes types;
    private final RowCalls calls;

    /**
     * @param reserved simple names that nested types must not have
     */
    public RowEmitter(Network network, Table table, Set<String> reserved, RowCalls calls) {
        this.network = network;
        this.calls = calls;
        this.table = table;
        this.names = new TableNames(network, table, reserved);
        this.element = network.precision() == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
        this.types = new RowTypes(network, table, names);
    }

    /** Whether the record of a row would have more components than a constructor can have arguments. */
    public boolean isTooWide() {
        return types.slots() > MOST_SLOTS;
    }

    /** Adds everything to the public class: the table, and what {@link #addRowsTo} has. */
    public void addTo(TypeSpec.Builder type) {
        TableEmitter constant = new TableEmitter(table);
        type.addSuperinterface(TableEngine.class);
        type.addField(constant.constant());
        type.addField(FieldSpec.builder(rows(), "rows", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        constant.methods().forEach(type::addMethod);
        accessors(type);
        addRowsTo(type);
    }

    /** Adds rows, and what is predicted for one; all of that asks a field {@code rows}. */
    public void addRowsTo(TypeSpec.Builder type) {
        encoders(type);
        if (table.label().isPresent()) {
            classify(type);
        }
        if (table.targets().size() == 1) {
            predictOne(type);
        } else if (table.targets().size() > 1) {
            predictSeveral(type);
        }
        types.addTo(type);
    }

    /** What the constructor makes beside the instance. */
    public CodeBlock initializer() {
        return CodeBlock.of("this.rows = new $T(TABLE, instance, this::one)", rows());
    }

    /** An instance for one row at a time, from the code that makes kernels. */
    public MethodSpec one(CodeBlock body) {
        return MethodSpec.methodBuilder("one")
                .addModifiers(Modifier.PRIVATE)
                .returns(ClassName.get("io.github.layerc.engine", prefix() + "Instance"))
                .addCode(body)
                .build();
    }

    /** The name of the record. */
    public String row() {
        return names.row();
    }

    /** The call that predicts, for the documentation of the class. */
    public String example() {
        if (table.label().isPresent()) {
            return network.name() + "." + names.label() + " label = net.classify(row);";
        }
        return table.targets().size() == 1
                ? element + " " + TableNames.components(table.targets()).get(0) + " = net.predict(row);"
                : network.name() + "." + names.prediction() + " prediction = net.predict(row);";
    }

    private String prefix() {
        return network.precision() == Precision.FLOAT ? "Float" : "Double";
    }

    private ClassName rows() {
        return ClassName.get("io.github.layerc.table", prefix() + "Rows");
    }

    private void accessors(TypeSpec.Builder type) {
        type.addMethod(Members.override("table", TypeName.get(Table.class))
                .addStatement("return TABLE")
                .build());
        type.addMethod(Members.override("fitted", TypeName.get(Fitted.class))
                .addStatement("return rows.fitted()")
                .build());
        type.addMethod(Members.override("setFitted", TypeName.VOID)
                .addParameter(Fitted.class, "fitted")
                .addStatement("rows.setFitted(fitted)")
                .build());
    }

    /** From a row to the inputs of the network, in parts that are not too long. */
    private void encoders(TypeSpec.Builder type) {
        List<TableNames.Part> parts = names.parts();
        boolean split = parts.size() > MOST_PARTS;
        List<MethodSpec> some = new ArrayList<>();
        CodeBlock.Builder whole = CodeBlock.builder();
        for (int from = 0; from < parts.size(); from += MOST_PARTS) {
            String name = split ? "encode" + (from / MOST_PARTS + 1) : "encode";
            MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(types.nested(names.row()), "row")
                    .addJavadoc("Inputs of the network, center and scale aside$L.\n", calls.centers());
            CodeBlock.Builder code = CodeBlock.builder();
            for (TableNames.Part part : parts.subList(from, Math.min(from + MOST_PARTS, parts.size()))) {
                code.add(encode(part));
            }
            method.addCode(calls.begin(code.build().toString().contains("features[")));
            some.add(method.addCode(code.build()).build());
            whole.addStatement("$L(row)", name);
        }
        if (split) {
            type.addMethod(MethodSpec.methodBuilder("encode")
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(types.nested(names.row()), "row")
                    .addCode(whole.build())
                    .build());
        }
        some.forEach(type::addMethod);
    }

    private CodeBlock encode(TableNames.Part part) {
        Column column = part.first();
        int at = part.feature();
        CodeBlock.Builder code = CodeBlock.builder();
        CodeBlock value = CodeBlock.of("row.$L()", part.name());
        if (part.isGroup()) {
            return calls.group(
                    part.name(), value, part.column(), at, part.columns().size());
        }
        boolean reference = types.component(part) instanceof ClassName;
        CodeBlock number = number(column, value, reference);
        if (column.transform().oneForEach()) {
            code.addStatement(calls.oneForEach(part.column(), at, number));
        } else {
            CodeBlock filled = column.optional() ? calls.filled(part.column(), number) : number;
            code.addStatement(
                    "features[$L] = $L", at, ShapeCode.inner(column.transform(), filled, network.precision()));
        }
        if (column.missing().indicates()) {
            int last = at + column.features() - 1;
            CodeBlock absent =
                    reference ? CodeBlock.of("$L == null", value) : CodeBlock.of("$L.isNaN($L)", box(), value);
            code.addStatement("features[$L] = $L ? 1 : 0", last, absent);
        }
        return code.build();
    }

    /** A value as the number that it is to the table, NaN where there is none. */
    private CodeBlock number(Column column, CodeBlock value, boolean reference) {
        return switch (column.kind()) {
            case NUMBER -> value;
            case BOOLEAN ->
                reference
                        ? CodeBlock.of("$1L == null ? $2L.NaN : $1L ? 1 : 0", value, box())
                        : CodeBlock.of("$L ? 1 : 0", value);
            case CATEGORY -> CodeBlock.of("$1L == null ? $2L.NaN : $1L.ordinal()", value, box());
        };
    }

    private String box() {
        return prefix();
    }

    private void classify(TypeSpec.Builder type) {
        ParameterSpec row =
                ParameterSpec.builder(types.nested(names.row()), "row").build();
        type.addMethod(MethodSpec.methodBuilder("classify")
                .addModifiers(Modifier.PUBLIC)
                .returns(types.nested(names.label()))
                .addParameter(row)
                .addJavadoc("The class of a row. Allocates nothing.\n\n" + calls.errors())
                .addStatement("encode(row)")
                .addStatement("return $T.ALL[rows.predictedClass()]", types.nested(names.label()))
                .build());
        if (!network.loss().targets().probabilities()) {
            return;
        }
        int classes = table.label().map(Label::classes).orElseThrow().size();
        type.addMethod(MethodSpec.methodBuilder("probabilities")
                .addModifiers(Modifier.PUBLIC)
                .returns(ArrayTypeName.of(element))
                .addParameter(row)
                .addJavadoc("The probabilities of the classes, in their order, in an array of their own.\n\n"
                        + calls.errors())
                .addStatement("$1T[] out = new $1T[$2L]", element, classes)
                .addStatement("probabilities(row, out)")
                .addStatement("return out")
                .build());
        type.addMethod(MethodSpec.methodBuilder("probabilities")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(row)
                .addParameter(ArrayTypeName.of(element), "out")
                .addJavadoc(PROBABILITIES + calls.errors(), classes)
                .addStatement("encode(row)")
                .addStatement("rows.probabilities(out)")
                .build());
    }

    private void predictOne(TypeSpec.Builder type) {
        Target target = table.targets().get(0);
        type.addMethod(predict(element)
                .addJavadoc(
                        "Column {@code $L} of a row, in its own unit. Allocates nothing.\n\n" + calls.errors(),
                        RowTypes.javadoc(target.name()))
                .addStatement("return $L", calls.target(0))
                .build());
    }

    private void predictSeveral(TypeSpec.Builder type) {
        CodeBlock values = CodeBlock.join(
                IntStream.range(0, table.targets().size())
                        .mapToObj(t -> calls.target(t))
                        .toList(),
                ", ");
        type.addMethod(predict(types.nested(names.prediction()))
                .addJavadoc("All targets of a row, in their own units.\n\n" + calls.errors())
                .addStatement("return new $T($L)", types.nested(names.prediction()), values)
                .build());
    }

    private MethodSpec.Builder predict(TypeName returns) {
        return MethodSpec.methodBuilder("predict")
                .addModifiers(Modifier.PUBLIC)
                .returns(returns)
                .addParameter(types.nested(names.row()), "row")
                .addStatement("encode(row)")
                .addStatement("rows.outputs()");
    }
}
