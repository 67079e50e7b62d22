package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.network.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that are wide, deep or hardly there compile to nothing that HotSpot, or the format of class files, would refuse. */
@Tag("long")
class BudgetTest {
    /** No method of a class may have more, run often or not. */
    private static final int LARGEST_CODE = 65_535;

    @ParameterizedTest
    @EnumSource
    void methodsAndConstantsStayWithinTheirLimits(Extreme extreme) {
        assertWithinLimits(extreme.network());
    }

    private static void assertWithinLimits(Network network) {
        Compilation compilation = Compiler.compile(network, "net.yaml", Options.DEFAULT);
        assertThat(compilation.classes()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(type -> {
            assertThat(type.largestMethod().map(Map.Entry::getValue).orElse(0))
                    .as(type.name())
                    .isLessThanOrEqualTo(Compiler.METHOD_BUDGET);
            assertThat(type.methodBytes().values())
                    .allSatisfy(bytes -> assertThat(bytes).as(type.name()).isLessThanOrEqualTo(LARGEST_CODE));
            assertThat(type.constants()).as(type.name()).isLessThanOrEqualTo(CompileReport.MOST_CONSTANTS);
        });
    }

    /** What javac says of a limit is the network's fault; all else that it finds is ours. */
    @Test
    void limitOfAClassFileIsAnErrorOfOneLine() {
        String statements = "a[0] += 1;\n".repeat(10_000);
        SourceFile large =
                new SourceFile("p/Net.java", "package p;\nclass Net { void f(int[] a) {\n" + statements + "} }");
        assertThatThrownBy(() -> MemoryCompiler.compile(List.of(large)))
                .isInstanceOf(CompileException.class)
                .hasMessageMatching(
                        "the network is too large for the files of Java classes: code too large: .*p/Net.java");
        assertThatThrownBy(
                        () -> MemoryCompiler.compile(List.of(new SourceFile("Bad.java", "class Bad { int i = x; }"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cannot find symbol");
    }
}
