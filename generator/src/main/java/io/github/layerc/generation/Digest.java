package io.github.layerc.generation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final String KIND = "layerc digest ";
    private static final String HEADER = KIND + "1";
    private static final Pattern ENTRY = Pattern.compile("file ([0-9a-f]{64}) (.+)");

    /** A digest that nothing is up to date with. */
    static final Digest NONE = new Digest("", "", new TreeMap<>());

    /** What stands in the place of a digest that cannot be read as one: nothing is up to date with it, and it lists nothing. */
    static final Digest DAMAGED = new Digest("damaged", "", new TreeMap<>());

    /** The digest in a file; {@link #NONE} where there is none, or one of another version. */
    static Digest read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(KIND)) {
            return DAMAGED;
        }
        if (!lines.get(0).equals(HEADER)) {
            return NONE;
        }
        if (lines.size() < 3
                || !lines.get(1).startsWith("inputs ")
                || !lines.get(2).startsWith("directory ")) {
            return DAMAGED;
        }
        SortedMap<String, String> files = new TreeMap<>();
        for (String line : lines.subList(3, lines.size())) {
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches() || !staysBelow(entry.group(2))) {
                return DAMAGED;
            }
            files.put(entry.group(2), entry.group(1));
        }
        return new Digest(
                lines.get(1).substring("inputs ".length()), lines.get(2).substring("directory ".length()), files);
    }

    /** Whether a path leads to a file below the directory that it is taken from. */
    private static boolean staysBelow(String text) {
        try {
            Path path = Path.of(text);
            return path.getRoot() == null
                    && path.equals(path.normalize())
                    && !path.startsWith("..")
                    && !path.toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER, "inputs " + inputs, "directory " + directory));
        for (Map.Entry<String, String> entry : files.entrySet()) {
            lines.add("file " + entry.getValue() + " " + entry.getKey());
        }
        TextFile.writeIfChanged(file, String.join("\n", lines) + "\n");
    }

    /** Whether the listed files of the output directory are there and unchanged. */
    boolean matches(Path outputDirectory) throws IOException {
        for (String path : files.keySet()) {
            if (!matches(outputDirectory, path)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a listed file is there and unchanged. */
    boolean matches(Path outputDirectory, String path) throws IOException {
        Path file = outputDirectory.resolve(path);
        return Files.isRegularFile(file) && Sha256.of(Files.readAllBytes(file)).equals(files.get(path));
    }
}
