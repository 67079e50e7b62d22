package io.github.layerc.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws the fifth of the samples that is kept for a test, where the data say nothing of one: the same fifth as long as there are as many of them. */
final class TestShare {
    static final long SEED = 1;
    private static final int SHARE = 5;

    /** With fewer of them there would be none for the test, or none for the training. */
    static final int FEWEST = 2;

    private final Random random = new Random(SEED);

    /**
     * Draws of the samples of one class, or of all where there are no classes: a fifth, rounded, at least one, and not all.
     *
     * @param count how many samples there are, at least {@link #FEWEST}
     * @return the numbers of those for the test, from 0 on
     */
    Set<Integer> draw(int count) {
        int tests = Math.max(1, (count + SHARE / 2) / SHARE);
        List<Integer> shuffled = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            shuffled.add(i);
        }
        Collections.shuffle(shuffled, random);
        return new HashSet<>(shuffled.subList(0, tests));
    }
}
