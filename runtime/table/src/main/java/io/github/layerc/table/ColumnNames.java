package io.github.layerc.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name with ranges in braces, as shells have them, which stands for a name for each number: {@code pixel_{0..7}_{0..7}} for 64 of them, the last range the fastest. */
public final class ColumnNames {
    /** More columns than this are taken for a slip of the pen. */
    public static final int MOST = 100_000;

    private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");

    private ColumnNames() {}

    /** Whether there are ranges in it. */
    public static boolean isPattern(String name) {
        return RANGE.matcher(name).find();
    }

    /** The name without its ranges and what joins them: {@code pixel}. */
    public static String group(String pattern) {
        return RANGE.matcher(pattern)
                .replaceAll("")
                .replaceAll("[^A-Za-z0-9]+", " ")
                .strip();
    }

    /** All names; none where a range is empty, or there are more than {@link #MOST}. */
    public static List<String> of(String pattern) {
        Matcher range = RANGE.matcher(pattern);
        if (!range.find()) {
            return List.of(pattern);
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        List<String> names = new ArrayList<>();
        List<String> ends = of(pattern.substring(range.end()));
        for (int i = from; i <= to && names.size() + (long) ends.size() <= MOST; i++) {
            for (String end : ends) {
                names.add(pattern.substring(0, range.start()) + i + end);
            }
        }
        return names.size() == (to - from + 1L) * ends.size() ? names : List.of();
    }
}
