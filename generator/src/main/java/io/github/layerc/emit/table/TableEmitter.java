package io.github.layerc.emit.table;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import io.github.layerc.emit.code.Names;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import io.github.layerc.table.Column;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Split;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import io.github.layerc.table.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/** The table as code, for the class that was compiled from it. */
final class TableEmitter {
    /** Calls of one chain: javac's stack holds some thousand. */
    private static final int MOST_CALLS = 100;

    private final Table table;

    TableEmitter(Table table) {
        this.table = table;
    }

    FieldSpec constant() {
        List<CodeBlock> calls = columns();
        CodeBlock.Builder code = CodeBlock.builder().add("$T.builder()", Table.class);
        if (calls.size() <= MOST_CALLS) {
            code.add("\n$>$>");
            calls.forEach(call -> code.add("$L\n", call));
        } else {
            for (int part = 0; part * MOST_CALLS < calls.size(); part++) {
                code.add(part == 0 ? "\n$>$>" : "").add(".columns(columns$L())\n", part + 1);
            }
        }
        end().forEach(call -> code.add("$L\n", call));
        code.add(".build()$<$<");
        return FieldSpec.builder(Table.class, "TABLE", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The columns that this class was compiled from.\n")
                .initializer(code.build())
                .build();
    }

    /** What the constant needs, empty for most. */
    List<MethodSpec> methods() {
        List<CodeBlock> calls = columns();
        List<MethodSpec> methods = new ArrayList<>();
        if (calls.size() <= MOST_CALLS) {
            return methods;
        }
        for (int from = 0; from < calls.size(); from += MOST_CALLS) {
            CodeBlock.Builder code = CodeBlock.builder().add("return $T.builder()\n$>$>", Table.class);
            calls.subList(from, Math.min(from + MOST_CALLS, calls.size())).forEach(call -> code.add("$L\n", call));
            methods.add(MethodSpec.methodBuilder("columns" + (from / MOST_CALLS + 1))
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .returns(ParameterizedTypeName.get(List.class, Column.class))
                    .addCode(code.add(".build()\n.columns();\n$<$<").build())
                    .build());
        }
        return methods;
    }

    private List<CodeBlock> columns() {
        List<CodeBlock> calls = new ArrayList<>();
        String group = "";
        for (Column column : table.columns()) {
            if (column.group().isEmpty()) {
                calls.add(CodeBlock.of(".column($L)", column(column)));
            } else if (!column.group().equals(group)) {
                calls.add(CodeBlock.of(
                        ".columns($T.numbers($S, $L, $L))",
                        Column.class,
                        column.group(),
                        code(column.transform(), Transform.class, Transform.all()),
                        code(column.missing(), Missing.class, Missing.all())));
            }
            group = column.group();
        }
        return calls;
    }

    private static CodeBlock column(Column column) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (column.kind()) {
            case NUMBER -> code.add("$T.number($S)", Column.class, column.name());
            case BOOLEAN -> code.add("$T.bool($S)", Column.class, column.name());
            case CATEGORY -> code.add("$T.category($S$L)", Column.class, column.name(), texts(column.categories()));
        }
        if (!column.transform().equals(Transform.usual(column.kind()))) {
            code.add(".with($L)", code(column.transform(), Transform.class, Transform.all()));
        }
        if (column.optional()) {
            code.add(".with($L)", code(column.missing(), Missing.class, Missing.all()));
        }
        return code.build();
    }

    private List<CodeBlock> end() {
        List<CodeBlock> calls = new ArrayList<>();
        table.label().ifPresent(label -> calls.add(CodeBlock.of(".label($S$L)", label.name(), texts(label.classes()))));
        for (Target target : table.targets()) {
            calls.add(CodeBlock.of(
                    ".target($S, $L)", target.name(), code(target.transform(), Transform.class, Transform.all())));
        }
        Split split = table.split();
        if (!split.equals(Split.usual(table.label().isPresent()))) {
            calls.add(CodeBlock.of(
                    ".split(new $T($T.$L, $S, $L, $LL))",
                    Split.class,
                    Split.Kind.class,
                    split.kind(),
                    split.column(),
                    split.test(),
                    split.seed()));
        }
        return calls;
    }

    private static CodeBlock texts(List<String> texts) {
        CodeBlock.Builder code = CodeBlock.builder();
        texts.forEach(text -> code.add(", $S", text));
        return code.build();
    }

    /** A constant where its settings are the usual ones, else the call of its method: by convention both are called as its keyword. */
    private static <K extends Kind<K>> CodeBlock code(K kind, Class<K> type, List<K> usual) {
        if (usual.contains(kind)) {
            return CodeBlock.of("$T.$L", type, kind.keyword().toUpperCase(Locale.ROOT));
        }
        List<Setting> settings = kind.settings();
        return CodeBlock.of(
                "$T.$L($L)",
                type,
                Names.camelCase(kind.keyword()),
                settings.get(0).value());
    }
}
