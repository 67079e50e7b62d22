package io.github.layerc.report.draw;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Points over axes that are the same, with the diagonal: where {@code y} is {@code x}.
 *
 * @param title what it shows, in one sentence
 * @param xName what {@code x} is
 * @param yName what {@code y} is
 * @param points those that are no numbers, or too large for an axis, are left out
 */
public record ScatterChart(String title, String xName, String yName, List<Series.Point> points) {
    private static final double LEFT = 66;
    private static final double RIGHT = 16;
    private static final double TOP = 30;
    private static final double BOTTOM = 46;

    public ScatterChart {
        points = points.stream().filter(Series.Point::isDrawable).toList();
    }

    /** Within a page: a wide drawing and a narrow one, of which the style sheet shows the one that fits. */
    public void draw(Html html) {
        draw(html, "wide", 620);
        draw(html, "narrow", 360);
    }

    private void draw(Html html, String kind, double width) {
        double height = width - LEFT - RIGHT + TOP + BOTTOM;
        Svg.open(html, kind, width, height, title);
        if (points.isEmpty()) {
            Svg.text(html, "label", "middle", width / 2, height / 2, "no numbers to draw");
            html.close();
            return;
        }
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        for (Series.Point point : points) {
            range.accept(point.x());
            range.accept(point.y());
        }
        Axis axis = Axis.linear(range.getMin(), range.getMax(), width > 500 ? 6 : 4);
        double right = width - RIGHT;
        double bottom = height - BOTTOM;
        double size = right - LEFT;
        for (double tick : axis.ticks()) {
            double at = axis.place(tick) * size;
            Svg.line(html, "grid", LEFT, bottom - at, right, bottom - at);
            Svg.line(html, "grid", LEFT + at, TOP, LEFT + at, bottom);
            Svg.text(html, "tick", "end", LEFT - 8, bottom - at + 4, Numbers.of(tick));
            Svg.text(html, "tick", at > size - 12 ? "end" : "middle", LEFT + at, bottom + 20, Numbers.of(tick));
        }
        // one path of dots, as thousands of elements are slow to draw
        StringBuilder path = new StringBuilder();
        for (Series.Point point : points) {
            path.append('M')
                    .append(Numbers.coordinate(Math.rint(10 * (LEFT + axis.place(point.x()) * size)) / 10))
                    .append(' ')
                    .append(Numbers.coordinate(Math.rint(10 * (bottom - axis.place(point.y()) * size)) / 10))
                    .append("h0");
        }
        html.empty("path", "class", "points", "d", path);
        Svg.line(html, "mark", LEFT, bottom, right, TOP);
        Svg.line(html, "axis", LEFT, bottom, right, bottom);
        Svg.line(html, "axis", LEFT, TOP, LEFT, bottom);
        Svg.text(html, "quiet", "start", 0, 16, yName);
        Svg.text(html, "quiet", "middle", (LEFT + right) / 2, bottom + 39, xName);
        html.close();
    }
}
