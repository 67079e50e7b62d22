package io.github.layerc.emit.nest;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A statement of generated code, with what is inside. */
public sealed interface Statement {

    /** {@code int at = value}. */
    record Declare(Type type, String name, Expression value) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.declare(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(value);
        }
    }

    /**
     * A number that vectors find in one of that name: they are filled once, in front of a loop, where a call for each
     * use would be one more to inline.
     */
    record Hoist(String name, Expression number) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.hoist(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(number);
        }

        @Override
        public List<Operator> operators() {
            return List.of(Operator.BROADCAST);
        }
    }

    /** {@code target = value}. */
    record Assign(Expression target, Expression value) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.assign(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(target, value);
        }
    }

    /** {@code target += value} of numbers, or {@code target *= value}. */
    record Change(Expression target, Sign sign, Expression value) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.change(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(target, value);
        }
    }

    /** {@code sum + a * b} as the new sum: of registers, or of numbers among them. */
    record Accumulate(Type type, Expression sum, Expression a, Expression b) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.accumulate(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(sum, a, b);
        }

        @Override
        public List<Operator> operators() {
            return type == Type.REGISTER ? List.of(Operator.MULTIPLY_ADD) : List.of();
        }
    }

    /** A register to an array. */
    record Store(Expression array, Expression index, Expression value) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.store(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(array, index, value);
        }

        @Override
        public List<Operator> operators() {
            return List.of(Operator.STORE);
        }
    }

    /** A register times a factor, added to what is in an array. */
    record AddScaled(Expression array, Expression index, Expression factor, Expression value) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.addScaled(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(array, index, factor, value);
        }

        @Override
        public List<Operator> operators() {
            return List.of(Operator.LOAD, Operator.MULTIPLY_ADD, Operator.STORE);
        }
    }

    /** A call. */
    record Run(Expression.Call call) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.run(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(call);
        }
    }

    /**
     * A loop over an integer.
     *
     * @param start null where the variable is there already
     * @param step null from each integer to the next one
     */
    record Loop(String variable, Expression start, Expression condition, Expression step, List<Statement> body)
            implements Statement {
        public Loop {
            body = List.copyOf(body);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.loop(this);
        }

        @Override
        public List<Expression> expressions() {
            return Stream.of(start, condition, step).filter(Objects::nonNull).toList();
        }

        @Override
        public List<Statement> inside() {
            return body;
        }
    }

    /** @param otherwise empty for none */
    record If(Expression condition, List<Statement> then, List<Statement> otherwise) implements Statement {
        public If {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.when(this);
        }

        @Override
        public List<Expression> expressions() {
            return List.of(condition);
        }

        @Override
        public List<Statement> inside() {
            return Stream.concat(then.stream(), otherwise.stream()).toList();
        }
    }

    /** @param value null for none */
    record Return(Expression value) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.leave(this);
        }

        @Override
        public List<Expression> expressions() {
            return value == null ? List.of() : List.of(value);
        }
    }

    /** A line of its own. */
    record Comment(String text) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.comment(this);
        }
    }

    /** A statement, behind which a comment stands. */
    record Explained(Statement statement, String comment) implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.explained(this);
        }

        @Override
        public List<Statement> inside() {
            return List.of(statement);
        }
    }

    record Blank() implements Statement {
        @Override
        public void accept(Visitor visitor) {
            visitor.blank();
        }
    }

    /** Does something with each kind of statement. */
    interface Visitor {
        void declare(Declare declare);

        void hoist(Hoist hoist);

        void assign(Assign assign);

        void change(Change change);

        void accumulate(Accumulate accumulate);

        void store(Store store);

        void addScaled(AddScaled add);

        void run(Run run);

        void loop(Loop loop);

        void when(If when);

        void leave(Return leave);

        void comment(Comment comment);

        void explained(Explained explained);

        void blank();
    }

    void accept(Visitor visitor);

    /** The expressions in it, but those of the statements inside. */
    default List<Expression> expressions() {
        return List.of();
    }

    /** What the statement itself does to registers, besides its expressions. */
    default List<Operator> operators() {
        return List.of();
    }

    /** The statements in it. */
    default List<Statement> inside() {
        return List.of();
    }

    /** Itself, and the statements in it. */
    default Stream<Statement> all() {
        return Stream.concat(Stream.of(this), inside().stream().flatMap(Statement::all));
    }

    /** The members that code needs its class to have. */
    static Stream<Member> members(List<Statement> code) {
        return code.stream()
                .flatMap(Statement::all)
                .flatMap(statement -> statement.expressions().stream())
                .flatMap(Expression::all)
                .flatMap(each -> each instanceof Expression.Own own ? Stream.of(own.member()) : Stream.empty());
    }

    /** Everything that code does to registers. */
    static Stream<Operator> operators(List<Statement> code) {
        return code.stream()
                .flatMap(Statement::all)
                .flatMap(statement -> Stream.concat(
                        statement.operators().stream(),
                        statement.expressions().stream()
                                .flatMap(Expression::all)
                                .flatMap(each -> each instanceof Expression.Operation operation
                                        ? Stream.of(operation.operator())
                                        : Stream.empty())));
    }
}
