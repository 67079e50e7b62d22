package io.github.layerc.emit.nest;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.nest.Statement.Accumulate;
import io.github.layerc.emit.nest.Statement.AddScaled;
import io.github.layerc.emit.nest.Statement.Assign;
import io.github.layerc.emit.nest.Statement.Change;
import io.github.layerc.emit.nest.Statement.Comment;
import io.github.layerc.emit.nest.Statement.Declare;
import io.github.layerc.emit.nest.Statement.Explained;
import io.github.layerc.emit.nest.Statement.Hoist;
import io.github.layerc.emit.nest.Statement.If;
import io.github.layerc.emit.nest.Statement.Loop;
import io.github.layerc.emit.nest.Statement.Return;
import io.github.layerc.emit.nest.Statement.Run;
import io.github.layerc.emit.nest.Statement.Store;
import io.github.layerc.network.Precision;
import java.util.List;

/** Writes code for one target: registers are vectors, or numbers. */
public final class Printer {
    private final Precision precision;
    private final Dialect dialect;

    private Printer(Precision precision, Dialect dialect) {
        this.precision = precision;
        this.dialect = dialect;
    }

    public static Printer vectors(Precision precision) {
        return new Printer(precision, new Vectors(precision));
    }

    /** @param fused whether a multiply-add of numbers is one instruction */
    public static Printer numbers(Precision precision, boolean fused) {
        return new Printer(precision, new Numbers(precision, fused));
    }

    public CodeBlock print(List<Statement> code) {
        Statements statements = new Statements();
        code.forEach(statement -> statement.accept(statements));
        return statements.code.build();
    }

    public CodeBlock print(Expression expression) {
        return text(expression).build();
    }

    private Text text(Expression expression) {
        return new ExpressionPrinter(dialect, precision, new Text()).print(expression);
    }

    /** The type as it is declared. */
    public TypeName type(Type type) {
        TypeName element = precision == Precision.FLOAT ? TypeName.FLOAT : TypeName.DOUBLE;
        return switch (type) {
            case INT -> TypeName.INT;
            case LONG -> TypeName.LONG;
            case BOOLEAN -> TypeName.BOOLEAN;
            case DOUBLE -> TypeName.DOUBLE;
            case ELEMENT -> element;
            case ARRAY -> ArrayTypeName.of(element);
            case ROWS -> ArrayTypeName.of(ArrayTypeName.of(element));
            case BATCH -> kernels("Batch");
            case GRAM_BATCH -> kernels("GramBatch");
            case REGISTER -> dialect.register();
            case BITS -> dialect.bits();
        };
    }

    private ClassName kernels(String suffix) {
        return ClassName.get(
                "io.github.layerc.engine.kernels", (precision == Precision.FLOAT ? "Float" : "Double") + suffix);
    }

    private final class Statements implements Statement.Visitor {
        private final CodeBlock.Builder code = CodeBlock.builder();

        /** What stands behind the statement: a semicolon, or a comment, too. */
        private String end = ";";

        private Text text() {
            return new Text();
        }

        private Text print(Text text, Expression expression) {
            return new ExpressionPrinter(dialect, precision, text).print(expression);
        }

        private void line(Text text) {
            code.add("$[").add(text.add(end).add("\n").build()).add("$]");
        }

        private void open(Text head) {
            code.add(head.add(" {\n").build()).indent();
        }

        private void close() {
            code.unindent().add("}\n");
        }

        @Override
        public void declare(Declare declare) {
            line(print(text().add(type(declare.type())).add(" " + declare.name() + " = "), declare.value()));
        }

        @Override
        public void hoist(Hoist hoist) {
            dialect.plain(hoist).ifPresent(statement -> statement.accept(this));
        }

        @Override
        public void assign(Assign assign) {
            line(print(print(text(), assign.target()).add(" = "), assign.value()));
        }

        @Override
        public void change(Change change) {
            String sign = " " + change.sign().text() + "= ";
            line(print(print(text(), change.target()).add(sign), change.value()));
        }

        @Override
        public void accumulate(Accumulate accumulate) {
            dialect.plain(accumulate).accept(this);
        }

        @Override
        public void store(Store store) {
            dialect.plain(store).accept(this);
        }

        @Override
        public void addScaled(AddScaled add) {
            dialect.plain(add).accept(this);
        }

        @Override
        public void run(Run run) {
            line(print(text(), run.call()));
        }

        @Override
        public void loop(Loop loop) {
            Text head = text().add("for (");
            if (loop.start() != null) {
                print(head.add("int " + loop.variable() + " = "), loop.start());
            }
            print(head.add("; "), loop.condition()).add("; " + loop.variable());
            if (loop.step() == null) {
                head.add("++");
            } else {
                print(head.add(" += "), loop.step());
            }
            open(head.add(")"));
            loop.body().forEach(statement -> statement.accept(this));
            close();
        }

        @Override
        public void when(If when) {
            open(print(text().add("if ("), when.condition()).add(")"));
            when.then().forEach(statement -> statement.accept(this));
            if (!when.otherwise().isEmpty()) {
                code.unindent().add("} else {\n").indent();
                when.otherwise().forEach(statement -> statement.accept(this));
            }
            close();
        }

        @Override
        public void leave(Return leave) {
            line(leave.value() == null ? text().add("return") : print(text().add("return "), leave.value()));
        }

        @Override
        public void comment(Comment comment) {
            code.add("// $L\n", comment.text());
        }

        @Override
        public void explained(Explained explained) {
            end = "; // " + explained.comment();
            explained.statement().accept(this);
            end = ";";
        }

        @Override
        public void blank() {
            code.add("\n");
        }
    }
}
