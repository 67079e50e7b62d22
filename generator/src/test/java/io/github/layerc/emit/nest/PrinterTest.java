package io.github.layerc.emit.nest;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.nest.Expression.Choice;
import io.github.layerc.emit.nest.Expression.Grouped;
import io.github.layerc.emit.nest.Expression.Hoisted;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.network.Precision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of trees; that all of it is Java, CorpusTest and the tests of generated classes say. */
class PrinterTest {
    private static final Printer VECTORS = Printer.vectors(Precision.FLOAT);
    private static final Printer NUMBERS = Printer.numbers(Precision.FLOAT, false);
    private static final Printer FUSED = Printer.numbers(Precision.DOUBLE, true);

    private static final Name A = Expression.name("a");
    private static final Name B = Expression.name("b");
    private static final Name C = Expression.name("c");

    @Test
    void putsParenthesesWhereJavaNeedsThem() {
        assertThat(text(Expression.times(Expression.plus(A, B), C))).isEqualTo("(a + b) * c");
        assertThat(text(Expression.product(C, Expression.sum(A, B)))).isEqualTo("c * (a + b)");
        assertThat(text(Expression.minus(A, Expression.minus(B, C)))).isEqualTo("a - (b - c)");
        assertThat(text(Expression.minus(A, Expression.sum(B, C)))).isEqualTo("a - (b + c)");
        assertThat(text(Expression.quotient(A, Expression.product(B, C)))).isEqualTo("a / (b * c)");
        assertThat(text(Expression.times(A, Expression.over(B, C)))).isEqualTo("a * (b / c)");
        assertThat(text(Expression.element(A, Expression.sum(B, C)))).isEqualTo("a[b + c]");
        assertThat(text(Expression.element(new Choice(A, B, C), A))).isEqualTo("(a ? b : c)[a]");
        assertThat(text(Expression.not(Expression.compare(A, Sign.LESS, B)))).isEqualTo("!(a < b)");
        assertThat(text(Expression.negative(Expression.plus(A, B)))).isEqualTo("-(a + b)");
        assertThat(text(Expression.widened(Expression.minus(A, B)))).isEqualTo("(double) (a - b)");
        assertThat(text(Expression.plus(A, Expression.compare(B, Sign.SHIFT, C))))
                .isEqualTo("a + (b << c)");
    }

    @Test
    void putsNoneElsewhere() {
        assertThat(text(Expression.minus(Expression.minus(A, B), C))).isEqualTo("a - b - c");
        assertThat(text(Expression.whole(A, B))).isEqualTo("a / b * b");
        assertThat(text(Expression.sum(A, Expression.product(B, C)))).isEqualTo("a + b * c");
        assertThat(text(Expression.minus(Expression.widened(A), B))).isEqualTo("(double) a - b");
        assertThat(text(Expression.over(Expression.negative(A), B))).isEqualTo("-a / b");
        assertThat(text(Expression.math("max", Expression.plus(A, B), C))).endsWith("Math.max(a + b, c)");
        assertThat(text(new Choice(Expression.compare(A, Sign.LESS, B), A, new Choice(B, C, A))))
                .isEqualTo("a < b ? a : b ? c : a");
        assertThat(text(new Grouped(Expression.plus(A, B)))).isEqualTo("(a + b)");
    }

    @Test
    void leavesOutTermsThatAre0AndFactorsThatAre1() {
        Expression none = Expression.number(0);
        assertThat(text(Expression.sum(none, A, none))).isEqualTo("a");
        assertThat(text(Expression.sum(none, none))).isEqualTo("0");
        assertThat(text(Expression.sum(A, Expression.sum(B, C)))).isEqualTo("a + b + c");
        assertThat(text(Expression.product(1, A))).isEqualTo("a");
        assertThat(text(Expression.product(A, Expression.number(1)))).isEqualTo("a");
        assertThat(text(Expression.product(0, A))).isEqualTo("0");
        assertThat(text(Expression.sum(Expression.quotient(none, A), Expression.remainder(none, A))))
                .isEqualTo("0");
        assertThat(text(Expression.difference(A, none))).isEqualTo("a");
    }

    @Test
    void writesRegistersAsVectorsOrAsNumbers() {
        assertBoth(Registers.load(A, B), "FloatVector.fromArray(SPECIES, a, b)", "a[b]");
        assertBoth(Registers.zero(), "FloatVector.zero(SPECIES)", "0");
        assertBoth(Registers.broadcast(Expression.plus(A, B)), "FloatVector.broadcast(SPECIES, a + b)", "a + b");
        assertBoth(Registers.multiply(Registers.add(A, B), C), "a.add(b).mul(c)", "(a + b) * c");
        assertBoth(Registers.subtract(A, Registers.multiply(B, C)), "a.sub(b.mul(c))", "a - b * c");
        assertBoth(Registers.divide(A, Registers.add(B, C)), "a.div(b.add(c))", "a / (b + c)");
        assertBoth(Registers.multiplyAdd(A, B, C), "a.fma(b, c)", "a * b + c");
        assertBoth(Registers.negate(A), "a.neg()", "-a");
        Expression choice = Registers.blend(A, B, Registers.atMost(C, B));
        assertBoth(choice, "a.blend(b, c.compare(VectorOperators.LE, b))", "(c <= b ? b : a)");
        Expression bits = Registers.fromBits(Registers.shift(Registers.toBits(A), 23));
        assertBoth(
                bits,
                "a.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats()",
                "Float.intBitsToFloat(Float.floatToRawIntBits(a) << 23)");
        Expression hoisted = Registers.max(A, new Hoisted("zero", Expression.constant(0)));
        assertBoth(hoisted, "a.max(zero)", "Math.max(a, 0f)");
        assertThat(FUSED.print(Registers.multiplyAdd(A, B, C)).toString()).endsWith("Math.fma(a, b, c)");
    }

    @Test
    void writesStatementsForBothTargets() {
        Body body = new Body();
        body.hoist("times", C);
        body.register("acc", Registers.zero());
        body.accumulate(Expression.name("acc"), A, B);
        body.accumulateNumber(Expression.name("sum"), A, B);
        body.store(A, B, Expression.name("acc"));
        body.addScaled(A, B, new Hoisted("times", C), Registers.add(A, B));
        assertThat(lines(VECTORS, body))
                .containsExactly(
                        "FloatVector times = FloatVector.broadcast(SPECIES, c);",
                        "FloatVector acc = FloatVector.zero(SPECIES);",
                        "acc = a.fma(b, acc);",
                        "sum = Math.fma(a, b, sum);",
                        "acc.intoArray(a, b);",
                        "a.add(b).fma(times, FloatVector.fromArray(SPECIES, a, b)).intoArray(a, b);");
        assertThat(lines(NUMBERS, body))
                .containsExactly(
                        "float acc = 0;", "acc += a * b;", "sum += a * b;", "a[b] = acc;", "a[b] += c * (a + b);");
        assertThat(lines(FUSED, body)).contains("double acc = 0;", "acc = Math.fma(a, b, acc);");
    }

    @Test
    void writesLoopsAndConditions() {
        Body body = new Body();
        Body turn = body.loop("i", A);
        body.integer("s", Expression.number(0));
        turn.when(Expression.compare(A, Sign.EQUAL, B)).leave();
        body.steps(Expression.name("s"), A, Expression.number(4)).comment("four");
        body.rest(Expression.name("s"), A).run(Expression.call("take", List.of(Expression.name("s"))), "one");
        body.loop("j", B, A, Expression.product(2, C)).blank();
        body.choose(A, new Body().assign(A, B), new Body().increase(A, B));
        body.leave(A);
        assertThat(NUMBERS.print(body.build())).hasToString("""
                for (int i = 0; i < a; i++) {
                  if (a == b) {
                    return;
                  }
                }
                int s = 0;
                for (; s <= a - 4; s += 4) {
                  // four
                }
                for (; s < a; s++) {
                  take(s); // one
                }
                for (int j = b; j < a; j += 2 * c) {

                }
                if (a) {
                  a = b;
                } else {
                  a += b;
                }
                return a;
                """);
    }

    @Test
    void importsClassesThatCodeUses() {
        Body body = new Body();
        body.register("acc", Registers.blend(A, B, Registers.atMost(A, B)));
        body.run(Expression.call(ClassName.get(Arrays.class), "fill", A, Expression.number(0)));
        MethodSpec method = MethodSpec.methodBuilder("m")
                .addCode(VECTORS.print(body.build()))
                .build();
        JavaFile file = JavaFile.builder(
                        "p", TypeSpec.classBuilder("X").addMethod(method).build())
                .build();
        assertThat(file.toString().lines().filter(line -> line.startsWith("import ")))
                .containsExactlyInAnyOrder(
                        "import java.util.Arrays;",
                        "import jdk.incubator.vector.FloatVector;",
                        "import jdk.incubator.vector.VectorOperators;");
    }

    @Test
    void writesConstantsInThePrecision() {
        assertThat(text(Expression.constant(0.1))).isEqualTo("0.1f");
        assertThat(text(Expression.constant(2))).isEqualTo("2f");
        assertThat(FUSED.print(Expression.constant(0.1))).hasToString("0.1");
        assertThat(text(Expression.name("a$b"))).isEqualTo("a$b");
    }

    private static void assertBoth(Expression expression, String vectors, String numbers) {
        assertThat(simple(VECTORS.print(expression).toString())).isEqualTo(vectors);
        assertThat(simple(NUMBERS.print(expression).toString())).isEqualTo(numbers);
    }

    private static String text(Expression expression) {
        return NUMBERS.print(expression).toString();
    }

    private static List<String> lines(Printer printer, Body body) {
        return simple(printer.print(body.build()).toString()).lines().toList();
    }

    /** Without packages, which only stand where nothing is imported. */
    private static String simple(String text) {
        return text.replace("jdk.incubator.vector.", "").replace("java.lang.", "");
    }
}
