package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.layerc.network.Network;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.spec.text.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A network may have any name that the spec reader accepts. The names that are tried are all those that generated sources mention, and what
 * becomes one of them by the ending of a class behind the public one; they are taken from the sources, not listed.
 */
@Tag("long")
class ClassNamesTest {
    /** Types, and packages where they are imported; constants in capitals are left out. */
    private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*|(?<=import |[a-z]\\.)[a-z]+(?=\\.)");

    /** Precisions, threads, layouts and losses that between them use everything. */
    private static final List<String> REST = List.of("layer_dims: [20, 3, 1]\nthreads: 2\n", """
            input: {shape: [64]}
            layers:
            - {units: 100, activation: sigmoid}
            - {units: 100, activation: tanh}
            - {units: 10, activation: softmax}
            loss: categorical_cross_entropy
            precision: double
            threads: 2
            """);

    @Test
    void everyNameThatASpecCanHaveCompiles() {
        List<SourceFile> sources = new ArrayList<>();
        int number = 0;
        for (String rest : REST) {
            for (String name : mentioned()) {
                number++;
                read(name, "p" + number, rest).ifPresent(spec -> sources.addAll(draft(spec)));
            }
        }
        assertThat(sources.size()).isGreaterThan(100);
        assertThatCode(() -> MemoryCompiler.compile(sources)).doesNotThrowAnyException();
    }

    /** Networks in one package see each other's classes. */
    @Test
    void networksOfAllNamesCompileTogether() {
        TreeMap<String, Spec> specs = new TreeMap<>();
        for (String name : mentioned()) {
            String key = name.toLowerCase(Locale.ROOT);
            boolean free = Stream.of("", "vector", "scalar")
                    .noneMatch(ending ->
                            specs.containsKey(key + ending) || specs.containsKey(key.replaceAll(ending + "$", "")));
            if (free) {
                read(name, "p", REST.get(0)).ifPresent(spec -> specs.put(key, spec));
            }
        }
        List<SourceFile> sources =
                specs.values().stream().flatMap(spec -> draft(spec).stream()).toList();
        assertThat(sources.size()).isGreaterThan(100);
        assertThatCode(() -> MemoryCompiler.compile(sources)).doesNotThrowAnyException();
    }

    /** Names and packages that Java treats in a way of its own, in places where it does not. */
    @Test
    void packagesThatLookOddCompile() {
        List<SourceFile> sources = Stream.of(
                        "record.var.yield.sealed",
                        "permits",
                        "module.open.to",
                        "Net",
                        "NetVector",
                        "io.github.layerc",
                        "parameters",
                        "javax",
                        "p".repeat(100) + "." + "q".repeat(49))
                .flatMap(name -> draft(read("Net", name, REST.get(0)).orElseThrow()).stream())
                .toList();
        assertThatCode(() -> MemoryCompiler.compile(sources)).doesNotThrowAnyException();
    }

    private static List<SourceFile> draft(Spec spec) {
        Network network = spec.network();
        return Compiler.draft(network, spec.fileName(), Options.DEFAULT).stream()
                .map(file -> new SourceFile(file.path(), file.text().replaceAll("@bytes:\\w+@", "0")))
                .toList();
    }

    private static Set<String> mentioned() {
        Set<String> names = new TreeSet<>();
        for (String rest : REST) {
            for (SourceFile file : draft(read("Net", "p", rest).orElseThrow())) {
                String code = file.text().replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");
                NAME.matcher(code).results().map(match -> match.group()).forEach(names::add);
            }
        }
        for (String name : List.copyOf(names)) {
            for (String ending : List.of("Vector", "Scalar", "Choice")) {
                if (name.endsWith(ending) && !name.equals(ending)) {
                    names.add(name.substring(0, name.length() - ending.length()));
                }
            }
        }
        return names;
    }

    private static Optional<Spec> read(String name, String packageName, String rest) {
        try {
            return Optional.of(
                    SpecReader.read("n.yaml", "network: " + name + "\npackage: " + packageName + "\n" + rest));
        } catch (SpecException e) {
            return Optional.empty();
        }
    }
}
