package io.github.layerc.schedule;

import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A schedule as a line of words: {@code form=tile lanes=reduction mr=3 nr=4 kc=1152 mc=204}. Numbers that are 0 are left out; the block of
 * {@link Form#ROWS} is called {@code block}.
 */
public final class ScheduleText {
    private static final List<String> NUMBERS = List.of("mr", "nr", "kc", "block", "mc", "few");

    private ScheduleText() {}

    public static String of(Schedule schedule) {
        StringBuilder text = new StringBuilder("form=" + Keywords.of(schedule.form()));
        text.append(" lanes=").append(Keywords.of(schedule.lanes()));
        add(text, "mr", schedule.rows());
        add(text, "nr", schedule.columns());
        add(text, schedule.form() == Form.ROWS ? "block" : "kc", schedule.block());
        add(text, "mc", schedule.samples());
        add(text, "few", schedule.few());
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
        String unfit = form == Form.ROWS ? "kc" : "block";
        if (numbers.containsKey(unfit)) {
            throw new IllegalArgumentException("expected " + (form == Form.ROWS ? "block" : "kc") + " with form="
                    + Keywords.of(form) + ": " + unfit + "=" + numbers.get(unfit));
        }
        int block = numbers.getOrDefault(form == Form.ROWS ? "block" : "kc", 0);
        return new Schedule(
                form,
                lanes,
                numbers.get("mr"),
                numbers.get("nr"),
                block,
                numbers.getOrDefault("mc", 0),
                numbers.getOrDefault("few", 0));
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
