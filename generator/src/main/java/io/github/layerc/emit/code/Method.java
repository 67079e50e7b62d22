package io.github.layerc.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Printer;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.emit.nest.Type;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * A method of a generated class, as a tree.
 *
 * @param result null for none
 * @param words what registers are in it
 */
public record Method(
        String name,
        Access access,
        List<Parameter> parameters,
        Type result,
        CodeBlock documentation,
        List<Statement> code,
        Words words) {

    /** What a method takes. */
    public record Parameter(Type type, String name) {}

    /** Who calls it. */
    public enum Access {
        /** The class itself. */
        PRIVATE,
        /** The class itself, without an instance. */
        STATIC,
        /** Whoever knows the interface that the class implements. */
        OVERRIDE
    }

    public Method {
        parameters = List.copyOf(parameters);
        code = List.copyOf(code);
    }

    public static Builder builder(Words words, String name) {
        return new Builder(words, name);
    }

    /** Says what a method is, and last what it does. */
    public static final class Builder {
        private final Words words;
        private final String name;
        private final List<Parameter> parameters = new ArrayList<>();
        private final CodeBlock.Builder documentation = CodeBlock.builder();
        private Access access = Access.PRIVATE;
        private Type result;

        private Builder(Words words, String name) {
            this.words = words;
            this.name = name;
        }

        public Builder parameters(Iterable<Argument> arguments) {
            for (Argument argument : arguments) {
                parameter(argument.type(), argument.toString());
            }
            return this;
        }

        public Builder parameter(Type type, String parameter) {
            parameters.add(new Parameter(type, parameter));
            return this;
        }

        public Builder returns(Type type) {
            result = type;
            return this;
        }

        public Builder isStatic() {
            access = Access.STATIC;
            return this;
        }

        public Builder overrides() {
            access = Access.OVERRIDE;
            return this;
        }

        public Builder documentation(String format, Object... values) {
            documentation.add(format, values);
            return this;
        }

        public Builder documentation(CodeBlock more) {
            documentation.add(more);
            return this;
        }

        public Method code(Body body) {
            return code(body.build());
        }

        public Method code(List<Statement> code) {
            return new Method(name, access, parameters, result, documentation.build(), code, words);
        }
    }

    public MethodSpec print() {
        Printer printer = words.printer();
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addJavadoc(documentation)
                .returns(result == null ? TypeName.VOID : printer.type(result));
        switch (access) {
            case PRIVATE -> method.addModifiers(Modifier.PRIVATE);
            case STATIC -> method.addModifiers(Modifier.PRIVATE, Modifier.STATIC);
            case OVERRIDE -> method.addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
        }
        parameters.forEach(each -> method.addParameter(printer.type(each.type()), each.name()));
        return method.addCode(printer.print(code)).build();
    }
}
