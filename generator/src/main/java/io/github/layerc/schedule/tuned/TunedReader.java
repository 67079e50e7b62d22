package io.github.layerc.schedule.tuned;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Keywords;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.ScheduleText;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.Thresholds;
import io.github.layerc.schedule.ThresholdsText;
import io.github.layerc.schedule.WeightLayout;
import io.github.layerc.schedule.tuned.TunedFile.Content;
import io.github.layerc.schedule.tuned.TunedFile.LineError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the text of a {@link TunedFile}, line by line, and checks every schedule against the network. */
final class TunedReader {
    /** The lines of a part before its kernels, in this order. */
    private static final List<String> PART =
            List.of("target", "machine", "java", "lanes", "batch", "layout", "weights");

    private static final int MOST_ERRORS = 100;
    private static final int FEW_NAMES = 20;

    private final Network network;
    private final List<Line> lines = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private int next;

    /** A line that counts: its first word, and what follows. */
    private record Line(int number, String word, String rest) {
        List<String> words() {
            return rest.isEmpty() ? List.of() : Arrays.asList(rest.split(" +", -1));
        }
    }

    TunedReader(String text, Network network) {
        this.network = network;
        int number = 0;
        for (String each : text.lines().toList()) {
            number++;
            String line = each.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int space = line.indexOf(' ');
                lines.add(
                        space < 0
                                ? new Line(number, line, "")
                                : new Line(
                                        number,
                                        line.substring(0, space),
                                        line.substring(space).strip()));
            }
        }
    }

    Content read() {
        try {
            String notice = header();
            TunedSchedules schedules = notice.isEmpty() ? parts() : TunedSchedules.NONE;
            return new Content(errors.isEmpty() ? schedules : TunedSchedules.NONE, notice, errors);
        } catch (BadLine e) {
            errors.add(new LineError(e.line, e.getMessage()));
            return new Content(TunedSchedules.NONE, "", errors);
        }
    }

    /** A line without which the rest cannot be read. */
    private static final class BadLine extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int line;

        BadLine(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    /** Why the file is not for this network and generator; empty if it is. */
    private String header() {
        String[] first = TunedFile.HEADER.strip().split(" ", -1);
        Line line = expect(first[0]);
        if (!line.rest().matches(first[1] + " [0-9]{1,9}")) {
            throw new BadLine(line.number(), "expected " + TunedFile.HEADER + TunedFile.FORMAT + ": " + text(line));
        }
        if (!line.rest().equals(first[1] + " " + TunedFile.FORMAT)) {
            return "made by another generator: expected " + TunedFile.HEADER + TunedFile.FORMAT + ", found "
                    + text(line);
        }
        Line made = expect("network");
        if (!made.rest().equals(TunedFile.shape(network))) {
            return "made for another spec: expected " + TunedFile.shape(network) + ", found " + made.rest();
        }
        Line space = expect("space");
        int version = number(space, 0);
        return version == Candidates.VERSION
                ? ""
                : "made by another generator: expected schedule space " + Candidates.VERSION + ", found " + version;
    }

    private TunedSchedules parts() {
        TunedSchedules schedules = TunedSchedules.NONE;
        while (next < lines.size()) {
            int first = lines.get(next).number();
            Tuning tuning = part();
            if (schedules.of(tuning.target(), tuning.precision()).isPresent()) {
                errors.add(new LineError(
                        first,
                        "expected one part for a target and precision: target="
                                + tuning.target().keyword() + " "
                                + tuning.precision().keyword()));
            }
            schedules = schedules.with(tuning);
        }
        return schedules;
    }

    private Tuning part() {
        Map<String, Line> part = new HashMap<>();
        PART.forEach(word -> part.put(word, expect(word)));
        Line head = part.get("target");
        List<String> words = head.words();
        Target target = words.size() == 2 ? Keywords.find(Target.class, words.get(0)) : null;
        Precision precision = words.size() == 2 ? Keywords.find(Precision.class, words.get(1)) : null;
        if (target == null || precision == null) {
            throw new BadLine(head.number(), "expected scalar or vector, then float or double: target=" + head.rest());
        }
        Tuning.Origin origin = new Tuning.Origin(
                part.get("machine").rest(),
                part.get("java").rest(),
                number(part.get("lanes"), 1),
                number(part.get("batch"), 1));
        Storage storage = storage(target, part.get("layout"), part.get("weights"));
        Thresholds thresholds = thresholds();
        return new Tuning(target, precision, origin, storage, thresholds, kernels(target, storage));
    }

    private Storage storage(Target target, Line layoutLine, Line weightLine) {
        Layout layout = constant(Layout.class, layoutLine, layoutLine.rest());
        List<WeightLayout> weights = new ArrayList<>();
        weightLine.words().forEach(word -> weights.add(constant(WeightLayout.class, weightLine, word)));
        try {
            Storage storage = new Storage(layout, weights);
            String objection = storage.objection(target, network);
            if (objection.isEmpty()) {
                return storage;
            }
            throw new BadLine((objection.contains("weights=") ? weightLine : layoutLine).number(), objection);
        } catch (IllegalArgumentException e) {
            throw new BadLine(weightLine.number(), e.getMessage());
        }
    }

    private Thresholds thresholds() {
        if (next == lines.size() || !lines.get(next).word().equals(TunedFile.THRESHOLDS)) {
            return Thresholds.USUAL;
        }
        Line line = lines.get(next++);
        try {
            return ThresholdsText.parse(line.words());
        } catch (IllegalArgumentException e) {
            errors.add(new LineError(line.number(), TunedFile.THRESHOLDS + ": " + e.getMessage()));
            return Thresholds.USUAL;
        }
    }

    private SortedMap<String, Tuning.Choice> kernels(Target target, Storage storage) {
        Map<String, Function<Schedule, String>> objections = Products.objections(network, target, storage);
        SortedMap<String, Tuning.Choice> kernels = new TreeMap<>();
        for (; next < lines.size() && lines.get(next).word().equals("kernel"); next++) {
            Line line = lines.get(next);
            List<String> words = new ArrayList<>(line.words());
            String name = words.isEmpty() ? "" : words.remove(0);
            try {
                Function<Schedule, String> rule = objections.get(name);
                if (rule == null) {
                    String names = objections.size() <= FEW_NAMES
                            ? "one of " + String.join(", ", objections.keySet())
                            : "a kernel of the network";
                    throw new IllegalArgumentException("expected " + names + ": kernel=" + name);
                }
                double ratio = ratio(words);
                Schedule schedule = ScheduleText.parse(words);
                String objection = rule.apply(schedule);
                if (!objection.isEmpty()) {
                    throw new IllegalArgumentException(name + ": " + objection);
                }
                if (kernels.put(name, new Tuning.Choice(schedule, ratio)) != null) {
                    throw new IllegalArgumentException("expected each kernel once: kernel=" + name);
                }
            } catch (IllegalArgumentException e) {
                if (errors.size() == MOST_ERRORS) {
                    throw new BadLine(
                            line.number(), "too many errors: the rest is left out behind the first " + MOST_ERRORS);
                }
                errors.add(new LineError(line.number(), e.getMessage()));
            }
        }
        return kernels;
    }

    /** Takes the last word, which must be the ratio. */
    private static double ratio(List<String> words) {
        String last = words.isEmpty() ? "" : words.remove(words.size() - 1);
        if (last.matches("ratio=[0-9]{1,3}(\\.[0-9]{1,9})?")) {
            return Double.parseDouble(last.substring("ratio=".length()));
        }
        throw new IllegalArgumentException("expected ratio=0.123 at the end: " + last);
    }

    private Line expect(String word) {
        if (next == lines.size()) {
            int end = lines.isEmpty() ? 1 : lines.get(lines.size() - 1).number();
            throw new BadLine(end, "expected a line that starts with " + word + ", found the end of the file");
        }
        Line line = lines.get(next++);
        if (!line.word().equals(word) || line.rest().isEmpty()) {
            throw new BadLine(line.number(), "expected " + word + " and its value: " + text(line));
        }
        return line;
    }

    private static int number(Line line, int least) {
        try {
            int number = Integer.parseInt(line.rest());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as wrong as one below the least
        }
        throw new BadLine(
                line.number(), "expected a whole number from " + least + " on: " + line.word() + "=" + line.rest());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Line line, String word) {
        E found = Keywords.find(type, word);
        if (found == null) {
            throw new BadLine(
                    line.number(),
                    "expected one of " + String.join(", ", Keywords.all(type)) + ": " + line.word() + "=" + word);
        }
        return found;
    }

    private static String text(Line line) {
        return (line.word() + " " + line.rest()).strip();
    }
}
