package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.spec.text.SpecException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before the keys mean anything: other files, other YAML than a spec needs, hostile YAML. */
@Tag("long")
class SpecSyntaxTest {

    static Stream<ErrorCase> cases() {
        return Stream.of(
                ErrorCase.of("", "1:1: spec must not be empty"),
                ErrorCase.of("\n\n  \n", "1:1: spec must not be empty"),
                ErrorCase.of("# only a comment\n", "1:1: spec must not be empty"),
                ErrorCase.of("---\n", "2:1: spec must be a mapping of keys to values: spec=null"),
                ErrorCase.of("- network: N\n", "1:1: spec must be a mapping of keys to values: spec=[...]"),
                ErrorCase.of("[1, 2]", "1:1: spec must be a mapping of keys to values: spec=[1, 2]"),
                ErrorCase.of("network N\n", "1:1: spec must be a mapping of keys to values: spec=network N"),
                ErrorCase.of(
                        "network: A\nlayer_dims: [2, 1]\n---\nnetwork: B\nlayer_dims: [2, 1]\n",
                        "3:1: spec must be one YAML document: found a second one"),
                ErrorCase.of("network: N\nlayer_dims: &d [2, 1]\n", "2:13: anchors are not allowed: anchor=&d"),
                ErrorCase.of(
                        "network: &n N\npackage: *n\n",
                        "1:10: anchors are not allowed: anchor=&n",
                        "2:10: aliases are not allowed: alias=*n"),
                ErrorCase.of(
                        "&a [*a]\n",
                        "1:1: anchors are not allowed: anchor=&a",
                        "1:5: aliases are not allowed: alias=*a"),
                ErrorCase.of("network: *missing\n", "1:10: aliases are not allowed: alias=*missing"),
                ErrorCase.of(
                        "network: *" + "m".repeat(100_000),
                        "1:10: aliases are not allowed: alias=*" + "m".repeat(59) + "..."),
                ErrorCase.of("network: !!str N\n", "1:10: tags are not allowed: tag=tag:yaml.org,2002:str"),
                ErrorCase.of(
                        "!!javax.script.ScriptEngineManager [x]\n",
                        "1:1: tags are not allowed: tag=tag:yaml.org,2002:javax.script.ScriptEngineManager"),
                ErrorCase.of(
                        "network: N\nlayer_dims: [" + "1,".repeat(500_000) + "1]",
                        "2:400000: spec must have at most 200000 keys, values, beginnings and ends of lists"),
                ErrorCase.of("a: " + "[".repeat(50_000), "1:19: spec must be nested at most 16 levels deep"),
                ErrorCase.of("- ".repeat(1_000), "1:33: spec must be nested at most 16 levels deep"),
                ErrorCase.of(
                        "#" + "x".repeat(1 << 20),
                        "1:1: spec must have at most 1048576 characters: characters=1048577"),
                ErrorCase.of(
                        "network: N\ninput:\n\tshape: [2]\n",
                        "3:1: not YAML: while scanning for the next token, found character '\\t(TAB)' that cannot"
                                + " start any token. (Do not use \\t(TAB) for indentation)"),
                ErrorCase.of(
                        "network: N\nlayer_dims: [2, 1",
                        "2:18: not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>"),
                ErrorCase.of("network: a: b\n", "1:11: not YAML: mapping values are not allowed here"),
                ErrorCase.of(
                        "network: 'N\n",
                        "2:1: not YAML: while scanning a quoted scalar, found unexpected end of stream"),
                ErrorCase.of(
                        "package: \"\\U99999999\"\n", "1:1: not YAML: unreadable escape in the text behind this place"),
                ErrorCase.of(
                        "network: N\npackage: \"\\U00110000\"\n",
                        "2:13: not YAML: while scanning a double-quoted scalar, found unknown escape character 00110000"),
                ErrorCase.of("%YAML 2.0\n---\nnetwork: N\n", "1:1: YAML version must be 1.2: version=2.0"),
                ErrorCase.of(
                        "network: N\r\nloss: a\u0000b\n",
                        "2:8: spec must be text without control characters: character=U+0000"),
                ErrorCase.of(
                        "network: N # \uD83D\uDE00 \uD800\n",
                        "1:16: spec must be text without control characters: character=U+D800"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsWhereAndWhat(ErrorCase example) {
        example.check();
    }

    /** A file that is no spec has as many errors as it has lines. */
    @Test
    void reportsNoMoreErrorsThanAnybodyReads() {
        assertThatThrownBy(() -> SpecReader.read("n.yaml", "a: b\n".repeat(9_000)))
                .isInstanceOfSatisfying(SpecException.class, e -> {
                    assertThat(e.errors()).hasSize(101);
                    assertThat(e.errors().get(0))
                            .hasToString(e.getMessage().lines().findFirst().orElseThrow());
                    assertThat(e.errors().get(100))
                            .hasToString("n.yaml:101:1: too many errors: the rest is left out behind the first 100");
                });
    }

    /**
     * Whatever is repeated up to a quarter of the largest size of a spec, it is read or refused; a cost that grows with
     * the square of the size would take minutes, and the test with it.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1,",
                "[",
                "{",
                "]",
                "- ",
                "? ",
                "a: b\n",
                "? [a]\n: b\n",
                "\n",
                " ",
                "#\n",
                "&a ",
                "*a, ",
                "!a ",
                "'",
                "\"",
                "\\n",
                "|\n",
                "1e9/",
                "- {units: 0, activation: rell}\n",
                "iteration: 5, ",
                "\ud83d\ude00"
            })
    void endsWithAnythingRepeated(String unit) {
        String head = "network: N\nlayer_dims: [2, 1]\n";
        for (String before : List.of(
                "",
                head + "package: ",
                head + "package: \"",
                head + "input: {shape: [",
                head + "input: {scale: ",
                head + "training: {",
                "network: N\ninput: {shape: [2]}\nloss: mean_squared_error\nlayers:\n")) {
            String text = before + unit.repeat(((1 << 18) - before.length()) / unit.length());
            assertThatThrownBy(() -> SpecReader.read("n.yaml", text))
                    .isInstanceOfSatisfying(
                            SpecException.class, e -> assertThat(e.getMessage()).hasSizeLessThan(30_000));
        }
    }

    /** Numbers that no type of Java holds are read as what they are: too large, or zero. */
    @Tag("long")
    @Test
    void readsNumbersOfAnyLength() {
        String digits = "9".repeat(200_000);
        String head = "network: N\nlayer_dims: [2, 1]\n";
        for (String number : List.of("1e999999999", "1e" + digits, digits, "-1e-" + digits, digits + "e-" + digits)) {
            for (String rest : List.of(
                    "training: {learning_rate: " + number + "}",
                    "training: {iterations: " + number + "}",
                    "input: {scale: " + number + "}",
                    "input: {scale: " + number + "/1}",
                    "input: {scale: 1/" + number + "}",
                    "input: {shape: [" + number + "]}",
                    "initializer: {seed: " + number + "}")) {
                assertThatThrownBy(() -> SpecReader.read("n.yaml", head + rest))
                        .as("%.40s", rest)
                        .isInstanceOfSatisfying(
                                SpecException.class, e -> assertThat(e.errors()).hasSize(1));
            }
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8(@TempDir Path folder) throws Exception {
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "network: N\n# \u00fcber\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SpecReader.read(latin))
                .isInstanceOf(SpecException.class)
                .hasMessage("latin.yaml:2:3: spec must be UTF-8 text: byte=0xFC\n1 error in latin.yaml");

        Path wide = folder.resolve("wide.yaml");
        Files.write(wide, "network: N\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> SpecReader.read(wide))
                .hasMessage("wide.yaml:1:1: spec must be UTF-8 text: byte=0xFE\n1 error in wide.yaml");

        Path cut = folder.resolve("cut.yaml");
        Files.write(cut, new byte[] {'a', ':', ' ', (byte) 0xC3});
        assertThatThrownBy(() -> SpecReader.read(cut))
                .hasMessage("cut.yaml:1:4: spec must be UTF-8 text: byte=0xC3\n1 error in cut.yaml");
    }

    @Test
    void refusesLargeFilesWithoutReadingThemWhole(@TempDir Path folder) throws Exception {
        Path large = folder.resolve("large.yaml");
        Files.write(large, new byte[3 << 20]);
        assertThatThrownBy(() -> SpecReader.read(large))
                .hasMessage("large.yaml:1:1: spec must have at most 1048576 bytes\n1 error in large.yaml");
    }
}
