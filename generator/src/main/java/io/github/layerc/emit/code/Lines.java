package io.github.layerc.emit.code;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the statements of a method body. Classes of the Vector API are recognised in the text, so that JavaPoet imports them. */
public final class Lines {
    private static final Pattern IMPORTED = Pattern.compile(
            "\\b(FloatVector|DoubleVector|IntVector|LongVector|VectorOperators|VectorSpecies|VectorMask|Arrays|FloatPacking|DoublePacking|Workers)\\b");

    private final CodeBlock.Builder code = CodeBlock.builder();

    /** A statement; the semicolon is added. */
    public Lines line(String statement) {
        code.add("$[").add(imported(statement)).add(";\n$]");
        return this;
    }

    /** A statement whose names are as they are meant: with a network's name in it, which may be that of a class of the Vector API, too. */
    public Lines line(CodeBlock statement) {
        code.addStatement(statement);
        return this;
    }

    /** A statement with a comment behind it. */
    public Lines line(String statement, String comment) {
        code.add("$[").add(imported(statement)).add("; // $L\n$]", comment);
        return this;
    }

    public Lines comment(String text) {
        code.add("// $L\n", text);
        return this;
    }

    public Lines blank() {
        code.add("\n");
        return this;
    }

    /** Opens a block: {@code for (...)} or {@code if (...)}; {@link #end()} closes it. */
    public Lines begin(String head) {
        code.add(imported(head)).add(" {\n").indent();
        return this;
    }

    public Lines otherwise() {
        code.unindent().add("} else {\n").indent();
        return this;
    }

    public Lines end() {
        code.unindent().add("}\n");
        return this;
    }

    public CodeBlock build() {
        return code.build();
    }

    private static CodeBlock imported(String text) {
        Matcher matcher = IMPORTED.matcher(text);
        StringBuilder format = new StringBuilder();
        List<Object> types = new ArrayList<>();
        while (matcher.find()) {
            types.add(className(matcher.group(1)));
            matcher.appendReplacement(format, Matcher.quoteReplacement("$T"));
        }
        matcher.appendTail(format);
        return CodeBlock.of(format.toString(), types.toArray());
    }

    private static ClassName className(String simpleName) {
        if (simpleName.endsWith("Packing") || simpleName.equals("Workers")) {
            return ClassName.get("io.github.layerc.engine", simpleName);
        }
        return ClassName.get("Arrays".equals(simpleName) ? "java.util" : "jdk.incubator.vector", simpleName);
    }
}
