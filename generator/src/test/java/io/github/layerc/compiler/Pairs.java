package io.github.layerc.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cases in which any two values of different axes meet at least once, wherever a rule allows both. Greedy: of some cases that are drawn, each time the one with
 * the most pairs that have not met. The same for the same seed.
 */
final class Pairs {
    private static final int DRAWN = 60;

    /** A value is given up where so many cases that hold it break the rule. */
    private static final int MOST_TRIES = 2000;

    private final Map<String, List<?>> axes;
    private final Predicate<Map<String, Object>> rule;
    private final Random random = new Random(1);

    /** Two values by their axes; the first axis is the one that comes first. */
    private record Pair(String axis, Object value, String otherAxis, Object other) {}

    Pairs(Map<String, List<?>> axes, Predicate<Map<String, Object>> rule) {
        this.axes = axes;
        this.rule = rule;
    }

    List<Map<String, Object>> cases() {
        Set<Pair> open = allPairs();
        List<Map<String, Object>> cases = new ArrayList<>();
        while (!open.isEmpty()) {
            Pair wanted = open.iterator().next();
            Map<String, Object> best = draw(wanted);
            long most = met(best, open);
            for (int i = 1; i < DRAWN && most > 0; i++) {
                Map<String, Object> drawn = draw(wanted);
                long met = met(drawn, open);
                if (met > most) {
                    most = met;
                    best = drawn;
                }
            }
            if (best.isEmpty()) {
                open.remove(wanted);
            } else {
                open.removeAll(pairs(best));
                cases.add(best);
            }
        }
        return cases;
    }

    private long met(Map<String, Object> drawn, Set<Pair> open) {
        return pairs(drawn).stream().filter(open::contains).count();
    }

    private Set<Pair> allPairs() {
        Set<Pair> all = new LinkedHashSet<>();
        List<String> names = List.copyOf(axes.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                for (Object value : axes.get(names.get(i))) {
                    for (Object other : axes.get(names.get(j))) {
                        all.add(new Pair(names.get(i), value, names.get(j), other));
                    }
                }
            }
        }
        return all;
    }

    /** A case with both values; empty where none is found. */
    private Map<String, Object> draw(Pair wanted) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Map<String, Object> drawn = new LinkedHashMap<>();
            axes.forEach((name, values) -> drawn.put(name, values.get(random.nextInt(values.size()))));
            drawn.put(wanted.axis, wanted.value);
            drawn.put(wanted.otherAxis, wanted.other);
            if (rule.test(drawn)) {
                return drawn;
            }
        }
        return Map.of();
    }

    private Set<Pair> pairs(Map<String, Object> values) {
        Set<Pair> pairs = new HashSet<>();
        List<String> names = List.copyOf(values.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.add(new Pair(names.get(i), values.get(names.get(i)), names.get(j), values.get(names.get(j))));
            }
        }
        return pairs;
    }
}
