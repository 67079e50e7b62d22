package io.github.layerc.report.draw;

import java.util.List;

/**
 * Counts of numbers in bins of the same width, a small drawing.
 *
 * @param title what it shows, in one sentence
 * @param least the number at the start, and {@code most} that at the end, in words
 */
public record Histogram(String title, List<Integer> counts, String least, String most) {
    private static final double WIDTH = 240;
    private static final double TOP = 16;
    private static final double BOTTOM = 96;
    private static final double HEIGHT = 116;

    public Histogram {
        counts = List.copyOf(counts);
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("a histogram must have at least one bin: title=" + title);
        }
    }

    /** Within a page. */
    public void draw(Html html) {
        int largest = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
        double bin = WIDTH / counts.size();
        Svg.open(html, "small", WIDTH, HEIGHT, title);
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                // what is there is seen
                double height = Math.max(1, (BOTTOM - TOP) * counts.get(i) / largest);
                Svg.box(html, "bar colour0", i * bin + 0.5, BOTTOM - height, bin - 1, height);
            }
        }
        Svg.line(html, "axis", 0, BOTTOM, WIDTH, BOTTOM);
        Svg.text(html, "tick", "start", 0, 12, "up to " + Numbers.count(largest));
        if (least.equals(most)) {
            Svg.text(html, "tick", "middle", WIDTH / 2, BOTTOM + 16, least);
        } else {
            Svg.text(html, "tick", "start", 0, BOTTOM + 16, least);
            Svg.text(html, "tick", "end", WIDTH, BOTTOM + 16, most);
        }
        html.close();
    }
}
