package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where lines of generated code are broken. */
class LongLinesTest {
    private static String broken(String line) {
        return new LongLines(40).broken(line);
    }

    @Test
    void whatFitsStays() {
        assertThat(broken("    call(one, two, three, four, five); "))
                .isEqualTo("    call(one, two, three, four, five); ");
    }

    @Test
    void argumentsAreBrokenBehindACommaOutsideOfInnerCalls() {
        assertThat(broken("    call(one, two(three, four, five, 6));"))
                .isEqualTo("""
                    call(one,
                            two(three, four, five, 6));""".indent(4).stripTrailing());
    }

    @Test
    void chainsAreBrokenInFrontOfACall() {
        assertThat(broken("    a.fma(b, load(from, at)).intoArray(from, at);"))
                .isEqualTo("""
                    a.fma(b, load(from, at))
                            .intoArray(from, at);""".indent(4).stripTrailing());
    }

    @Test
    void asOftenAsItTakes() {
        assertThat(broken("sum = first + second * third + fourth + fifth + sixth + seventh + eighth;")
                        .lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40))
                .hasSize(3);
    }

    @Test
    void commentStandsAbove() {
        assertThat(broken("    call(one, two); // three = one + two + four"))
                .isEqualTo("""
                    // three = one + two + four
                    call(one, two);""".indent(4).stripTrailing());
    }

    @Test
    void textAndCommentsStayWhole() {
        String text = "    return \"a, b, c, d, e, f, g, h, i, j, k, l\";";
        assertThat(broken(text)).isEqualTo(text);
        String comment = "    // one, two, three, four, five, six, seven";
        assertThat(broken(comment)).isEqualTo(comment);
        assertThat(broken("    call(\"http://one.two\", three, four, five);"))
                .isEqualTo("""
                    call("http://one.two", three, four,
                            five);""".indent(4).stripTrailing());
    }
}
