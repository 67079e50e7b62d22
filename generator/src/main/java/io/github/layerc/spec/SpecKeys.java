package io.github.layerc.spec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of a spec, place by place; the JSON Schema has the same. */
final class SpecKeys {
    static final List<String> SPEC = List.of(
            "network",
            "package",
            "input",
            "layer_dims",
            "layers",
            "loss",
            "initializer",
            "training",
            "precision",
            "threads");
    static final List<String> INPUT = List.of("shape", "scale");
    static final List<String> LAYER = List.of("units", "activation");
    static final List<String> INITIALIZER = List.of("kind", "scale", "seed");
    static final List<String> TRAINING = List.of(
            "optimizer",
            "momentum",
            "l2",
            "learning_rate",
            "iterations",
            "epochs",
            "batch",
            "validation",
            "early_stopping",
            "form");
    static final List<String> EARLY_STOPPING = List.of("monitor", "patience", "min_delta");

    private SpecKeys() {}

    /** The only key that a misspelt one can have meant: within two edits, or one if it is short, and nearer than every other. */
    static Optional<String> nearest(String misspelt, List<String> keys) {
        String word = misspelt.toLowerCase(Locale.ROOT);
        int best = Integer.MAX_VALUE;
        Optional<String> nearest = Optional.empty();
        for (String key : keys) {
            int edits = edits(word, key);
            if (edits < best) {
                best = edits;
                nearest = Optional.of(key);
            } else if (edits == best) {
                nearest = Optional.empty();
            }
        }
        int allowed = word.length() < 5 ? 1 : 2;
        return best <= allowed ? nearest : Optional.empty();
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    private static int edits(String a, String b) {
        if (a.length() > b.length() + 2) {
            return Integer.MAX_VALUE; // too far anyway, and a hostile key may be a megabyte
        }
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                distance[i][j] = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], 1 + distance[i - 2][j - 2]);
                }
            }
        }
        return distance[a.length()][b.length()];
    }
}
