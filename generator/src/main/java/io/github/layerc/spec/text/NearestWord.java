package io.github.layerc.spec.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody has meant who wrote a word that there is not. Capitals make no difference. */
public final class NearestWord {
    private NearestWord() {}

    /** The only word that a misspelt one can have meant: within two edits, or one if it is short, and nearer than every other. */
    public static Optional<String> of(String misspelt, Collection<String> words) {
        String word = misspelt.toLowerCase(Locale.ROOT);
        int best = Integer.MAX_VALUE;
        Optional<String> nearest = Optional.empty();
        for (String each : words) {
            int edits = edits(word, each.toLowerCase(Locale.ROOT));
            if (edits < best) {
                best = edits;
                nearest = Optional.of(each);
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
            return Integer.MAX_VALUE; // too far anyway, and a hostile word may be a megabyte
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
