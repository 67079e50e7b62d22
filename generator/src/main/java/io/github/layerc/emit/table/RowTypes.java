package io.github.layerc.emit.table;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The nested types of a class with named columns: its rows, categories, labels and predictions. */
final class RowTypes {
    private static final String OF = """
            The one that stands in a file as {@code text}.

            @throws IllegalArgumentException if there is none
            """;

    private final Table table;
    private final TableNames names;
    private final TypeName element;
    private final ClassName self;

    RowTypes(Network network, Table table, TableNames names) {
        this.table = table;
        this.names = names;
        this.element = network.precision() == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
        this.self = ClassName.get(network.packageName(), network.name());
    }

    ClassName nested(String name) {
        return self.nestedClass(name);
    }

    /** Slots of the arguments of a row's constructor. */
    int slots() {
        int slots = 0;
        for (TableNames.Part part : names.parts()) {
            slots += component(part).equals(TypeName.DOUBLE) ? 2 : 1;
        }
        return slots;
    }

    void addTo(TypeSpec.Builder type) {
        type.addType(record());
        for (TableNames.Part part : names.parts()) {
            part.type()
                    .ifPresent(name -> type.addType(categories(
                            name,
                            part.first().name(),
                            TableNames.constants(part.first()),
                            part.first().categories())));
        }
        table.label()
                .ifPresent(label -> type.addType(
                        categories(names.label(), label.name(), TableNames.constants(label), label.classes())));
        if (table.targets().size() > 1) {
            type.addType(prediction());
        }
    }

    TypeName component(TableNames.Part part) {
        if (part.isGroup()) {
            return ArrayTypeName.of(element);
        }
        return switch (part.first().kind()) {
            case NUMBER -> element;
            case BOOLEAN -> part.first().optional() ? TypeName.BOOLEAN.box() : TypeName.BOOLEAN;
            case CATEGORY -> nested(part.type().orElseThrow());
        };
    }

    private TypeSpec record() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
        CodeBlock.Builder javadoc = CodeBlock.builder().add("A row of the table.\n\n");
        for (TableNames.Part part : names.parts()) {
            constructor.addParameter(component(part), part.name());
            javadoc.add("@param $L $L\n", part.name(), description(part));
        }
        TypeSpec.Builder record = TypeSpec.recordBuilder(names.row())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(javadoc.build())
                .recordConstructor(constructor.build());
        return record.build();
    }

    private CodeBlock description(TableNames.Part part) {
        Column column = part.first();
        CodeBlock.Builder text = CodeBlock.builder();
        if (part.isGroup()) {
            text.add("the $L columns {@code $L}", part.columns().size(), javadoc(column.group()));
        } else {
            text.add("column {@code $L}", javadoc(column.name()));
        }
        text.add(
                ", $L",
                column.transform().equals(Transform.NONE)
                        ? "as it is"
                        : column.transform().text());
        if (column.optional()) {
            text.add(
                    "; $L where it is missing, for which stands: $L",
                    column.kind() == ColumnKind.NUMBER ? "NaN" : "null",
                    column.missing().text());
        }
        return text.build();
    }

    /** Names of columns can have any characters; those that would end or escape a code tag are left out. */
    static String javadoc(String name) {
        return name.replaceAll("[^\\x20-\\x7E]|[{}@*/\\\\$&<>]", "_");
    }

    private TypeSpec prediction() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
        CodeBlock.Builder javadoc = CodeBlock.builder().add("The targets of a row, in their own units.\n\n");
        List<String> components = TableNames.components(table.targets());
        for (int t = 0; t < components.size(); t++) {
            constructor.addParameter(element, components.get(t));
            javadoc.add(
                    "@param $L column {@code $L}\n",
                    components.get(t),
                    javadoc(table.targets().get(t).name()));
        }
        return TypeSpec.recordBuilder(names.prediction())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(javadoc.build())
                .recordConstructor(constructor.build())
                .build();
    }

    private TypeSpec categories(String name, String column, List<String> constants, List<String> texts) {
        TypeName type = nested(name);
        TypeSpec.Builder categories = TypeSpec.enumBuilder(name)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("What column {@code $L} can be.\n", javadoc(column));
        for (int i = 0; i < constants.size(); i++) {
            categories.addEnumConstant(
                    constants.get(i),
                    TypeSpec.anonymousClassBuilder("$S", texts.get(i)).build());
        }
        return categories
                .addField(FieldSpec.builder(
                                ArrayTypeName.of(type), "ALL", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("values()")
                        .build())
                .addField(String.class, "text", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(String.class, "text")
                        .addStatement("this.text = text")
                        .build())
                .addMethod(MethodSpec.methodBuilder("text")
                        .addModifiers(Modifier.PUBLIC)
                        .returns(String.class)
                        .addJavadoc("What stands in a file for it.\n")
                        .addStatement("return text")
                        .build())
                .addMethod(MethodSpec.methodBuilder("of")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(type)
                        .addParameter(String.class, "text")
                        .addJavadoc(OF)
                        .beginControlFlow("for ($T each : ALL)", type)
                        .beginControlFlow("if (each.text.equals(text))")
                        .addStatement("return each")
                        .endControlFlow()
                        .endControlFlow()
                        .addStatement("throw new IllegalArgumentException($S + text)", "unknown " + name + ": text=")
                        .build())
                .build();
    }
}
