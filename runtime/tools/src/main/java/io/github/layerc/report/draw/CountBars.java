package io.github.layerc.report.draw;

import java.util.List;

/**
 * Counts of things that have names, as small bars one below the other.
 *
 * @param title what it shows, in one sentence
 */
public record CountBars(String title, List<Count> counts) {
    private static final double WIDTH = 240;
    private static final double ROW = 18;
    private static final double LEFT = 112;
    private static final double RIGHT = 184;

    /** As many rows as have a name; a name should have 14 characters at most. */
    public record Count(String name, int count) {}

    public CountBars {
        counts = List.copyOf(counts);
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("bars must be at least one: title=" + title);
        }
    }

    /** Within a page. */
    public void draw(Html html) {
        int largest = Math.max(1, counts.stream().mapToInt(Count::count).max().orElseThrow());
        Svg.open(html, "small", WIDTH, ROW * counts.size() + 4, title);
        for (int i = 0; i < counts.size(); i++) {
            Count each = counts.get(i);
            double width = (RIGHT - LEFT) * each.count() / largest;
            double baseline = ROW * i + 14;
            Svg.text(html, "tick", "end", LEFT - 8, baseline, each.name());
            Svg.box(html, "bar colour0", LEFT, baseline - 10, each.count() > 0 ? Math.max(1, width) : 0, 12);
            Svg.text(html, "tick", "start", LEFT + width + 6, baseline, Numbers.count(each.count()));
        }
        Svg.line(html, "axis", LEFT, 0, LEFT, ROW * counts.size() + 4);
        html.close();
    }
}
