package io.github.layerc.maven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of the generator was made from and what it left behind, kept in the build directory.
 *
 * <pre>
 * layerc digest 1
 * inputs 5f1c...
 * directory ../../../generated-sources/layerc
 * file 09ab... io/github/layerc/examples/CatNet4.java
 * </pre>
 *
 * @param inputs hash of everything that determines the output
 * @param directory the output directory, relative to the folder of the digest
 * @param files path below the output directory -> hash of the content
 */
record Digest(String inputs, String directory, SortedMap<String, String> files) {
    private static final String HEADER = "layerc digest 1";

    /** A digest that nothing is up to date with. */
    static final Digest NONE = new Digest("", "", new TreeMap<>());

    /** The digest in a file; {@link #NONE} where there is none, or one of another version. */
    static Digest read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() < 3
                || !lines.get(0).equals(HEADER)
                || !lines.get(1).startsWith("inputs ")
                || !lines.get(2).startsWith("directory ")) {
            return NONE;
        }
        SortedMap<String, String> files = new TreeMap<>();
        for (String line : lines.subList(3, lines.size())) {
            String[] words = line.split(" ", 3);
            if (words.length == 3) {
                files.put(words[2], words[1]);
            }
        }
        return new Digest(
                lines.get(1).substring("inputs ".length()), lines.get(2).substring("directory ".length()), files);
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER, "inputs " + inputs, "directory " + directory));
        for (Map.Entry<String, String> entry : files.entrySet()) {
            lines.add("file " + entry.getValue() + " " + entry.getKey());
        }
        TextFile.writeIfChanged(file, String.join("\n", lines) + "\n");
    }

    /** Whether the listed files of the output directory are there and unchanged. */
    boolean matches(Path outputDirectory) {
        return files.entrySet().stream()
                .allMatch(
                        entry -> hashOf(outputDirectory.resolve(entry.getKey())).equals(entry.getValue()));
    }

    private static String hashOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Sha256.of(Files.readAllBytes(file)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
