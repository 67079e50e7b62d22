package io.github.layerc.schedule;

import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Rows;
import io.github.layerc.schedule.Schedule.Tile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A schedule as a line of words: {@code form=tile lanes=reduction mr=3 nr=4 kc=1152 mc=204}. Numbers that are 0 are left out.
 */
public final class ScheduleText {
    private static final List<String> NUMBERS = List.of("mr", "nr", "kc", "block", "mc", "few");

    private ScheduleText() {}

    public static String of(Schedule schedule) {
        StringBuilder text = new StringBuilder("form=" + Keywords.of(schedule.form()));
        text.append(" lanes=").append(Keywords.of(schedule.lanes()));
        add(text, "mr", schedule.mr());
        add(text, "nr", schedule.nr());
        if (schedule instanceof Tile tile) {
            add(text, "kc", tile.kc());
            add(text, "mc", tile.mc());
            add(text, "few", tile.few());
        } else if (schedule instanceof Rows rows) {
            add(text, "block", rows.block());
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, int value) {
        if (value != 0) {
            text.append(' ').append(name).append('=').append(value);
        }
    }

    /**
     * The schedule of words as {@link #of} writes them, in any order.
     *
     * @throws IllegalArgumentException if a word is unknown, missing, twice there or has no such value
     */
    public static Schedule parse(List<String> words) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Form form = null;
        Lanes lanes = null;
        for (String word : words) {
            String[] parts = word.split("=", 2);
            String name = parts[0];
            String value = parts.length == 2 ? parts[1] : "";
            boolean again = (name.equals("form") && form != null) || (name.equals("lanes") && lanes != null);
            if (again || numbers.containsKey(name)) {
                throw new IllegalArgumentException("expected each word once: " + word);
            }
            switch (name) {
                case "form" -> form = constant(Form.class, name, value);
                case "lanes" -> lanes = constant(Lanes.class, name, value);
                default -> numbers.put(name, number(name, value));
            }
        }
        if (form == null || lanes == null || !numbers.containsKey("mr") || !numbers.containsKey("nr")) {
            throw new IllegalArgumentException("expected form=, lanes=, mr= and nr=: " + String.join(" ", words));
        }
        return form == Form.TILE ? tile(lanes, numbers) : rows(lanes, numbers);
    }

    private static Schedule tile(Lanes lanes, Map<String, Integer> numbers) {
        refuse(Form.TILE, numbers, "block", "kc");
        return new Tile(
                lanes,
                numbers.get("mr"),
                numbers.get("nr"),
                numbers.getOrDefault("kc", 0),
                numbers.getOrDefault("mc", 0),
                numbers.getOrDefault("few", 0));
    }

    private static Schedule rows(Lanes lanes, Map<String, Integer> numbers) {
        for (String unfit : List.of("kc", "mc", "few")) {
            refuse(Form.ROWS, numbers, unfit, "block");
        }
        if (lanes != Lanes.NONE) {
            throw new IllegalArgumentException("expected " + Keywords.of(Lanes.NONE) + " with form="
                    + Keywords.of(Form.ROWS) + ": lanes=" + Keywords.of(lanes));
        }
        return new Rows(numbers.get("mr"), numbers.get("nr"), numbers.getOrDefault("block", 0));
    }

    private static void refuse(Form form, Map<String, Integer> numbers, String unfit, String expected) {
        if (numbers.containsKey(unfit)) {
            throw new IllegalArgumentException("expected " + expected + " with form=" + Keywords.of(form) + ": " + unfit
                    + "=" + numbers.get(unfit));
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
        E found = Keywords.find(type, value);
        if (found == null) {
            throw new IllegalArgumentException(
                    "expected one of " + String.join(", ", Keywords.all(type)) + ": " + name + "=" + value);
        }
        return found;
    }

    private static int number(String name, String value) {
        if (!NUMBERS.contains(name)) {
            throw new IllegalArgumentException(
                    "expected one of form, lanes, " + String.join(", ", NUMBERS) + ", ratio: " + name + "=" + value);
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number: " + name + "=" + value, e);
        }
    }
}
