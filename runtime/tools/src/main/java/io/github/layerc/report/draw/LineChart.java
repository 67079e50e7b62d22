package io.github.layerc.report.draw;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Lines over a common axis, as costs over iterations. The axis of values is logarithmic where they are far apart, see {@link Axis#of}; axes of shares go from 0 to 1.
 *
 * @param title what it shows, in one sentence
 * @param xName what {@code x} is
 * @param yName what {@code y} is
 * @param mark a value of {@code x} that stands out
 * @param markName what stands there
 * @param domain what {@code x} can be
 */
public record LineChart(
        String title,
        String xName,
        String yName,
        List<Series> series,
        OptionalDouble mark,
        String markName,
        Domain domain) {
    /** What a chart is over, its {@code x}. */
    public enum Domain {
        /** Whole numbers. */
        COUNTS,
        /** Shares, and the values are shares, too. */
        SHARES,
        /** Positive numbers that are far apart, as learning rates, on a logarithmic axis. */
        POWERS
    }

    /** Lines are told apart by colour and dashes; more would not be. */
    public static final int COLOURS = 6;

    private static final double LEFT = 58;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double BOTTOM = 46;

    private static final double LEGEND_ROW = 18;

    /** Up to so many points are dots as well. */
    private static final int FEW = 40;

    public LineChart {
        series = series.stream().map(Series::thinned).toList();
    }

    /** Values over whole numbers. */
    public LineChart(
            String title, String xName, String yName, List<Series> series, OptionalDouble mark, String markName) {
        this(title, xName, yName, series, mark, markName, Domain.COUNTS);
    }

    /** Shares over shares. */
    public static LineChart ofShares(String title, String xName, String yName, List<Series> series) {
        return new LineChart(title, xName, yName, series, OptionalDouble.empty(), "", Domain.SHARES);
    }

    /** Within a page: a wide drawing and a narrow one, of which the style sheet shows the one that fits. */
    public void draw(Html html) {
        draw(html, "wide", 940, 380);
        draw(html, "narrow", 360, 300);
    }

    /** A file of its own. */
    public String file() {
        Html svg = new Html();
        draw(svg, "chart", 760, 340);
        return svg.toString();
    }

    private void draw(Html html, String kind, double width, double height) {
        Svg.open(html, kind, width, height, title);
        if (kind.equals("chart")) {
            html.element("style", StyleSheet.ofDrawings());
        }
        DoubleStream.Builder xs = DoubleStream.builder();
        DoubleStream.Builder ys = DoubleStream.builder();
        for (Series line : series) {
            for (Series.Point point : line.points()) {
                xs.add(point.x());
                ys.add(point.y());
            }
        }
        var x = xs.build().summaryStatistics();
        var y = ys.build().summaryStatistics();
        if (x.getCount() == 0) {
            Svg.text(html, "label", "middle", width / 2, height / 2, "no numbers to draw");
        } else {
            Plot plot = new Plot(
                    html,
                    across(x, width > 500 ? 8 : 4),
                    domain == Domain.SHARES ? Axis.linear(0, 1, 5) : Axis.of(y.getMin(), y.getMax(), 5),
                    width,
                    height);
            plot.axes();
            mark.ifPresent(plot::mark);
            for (int i = 0; i < series.size(); i++) {
                plot.line(series.get(i).points(), i % COLOURS);
            }
        }
        legend(html, width);
        html.close();
    }

    private Axis across(DoubleSummaryStatistics x, int wanted) {
        return switch (domain) {
            case COUNTS -> Axis.ofCounts(x.getMin(), x.getMax(), wanted);
            case SHARES -> Axis.linear(0, 1, 5);
            case POWERS -> Axis.logarithmic(x.getMin(), x.getMax(), wanted);
        };
    }

    /** Names of the lines, in as many rows as they take. */
    private void legend(Html html, double width) {
        double at = LEFT;
        double baseline = 18;
        for (int i = 0; i < series.size(); i++) {
            String name = series.get(i).name();
            if (at > LEFT && at + entryWidth(name) > width) {
                at = LEFT;
                baseline += LEGEND_ROW;
            }
            html.empty(
                    "path",
                    "class",
                    "line colour" + i % COLOURS,
                    "d",
                    "M" + Numbers.coordinate(at) + " " + Numbers.coordinate(baseline - 4) + "h22");
            Svg.text(html, "label", "start", at + 28, baseline, name);
            at += entryWidth(name);
        }
        if (at < width - RIGHT - 8 * yName.length()) {
            Svg.text(html, "quiet", "end", width - RIGHT, baseline, yName);
        }
    }

    private static double entryWidth(String name) {
        return 28 + 8 * name.length() + 18;
    }

    /** How far more rows of names than one push the plot down. */
    private double pushedBy(double width) {
        double at = LEFT;
        double rows = 0;
        for (Series line : series) {
            if (at > LEFT && at + entryWidth(line.name()) > width) {
                at = LEFT;
                rows++;
            }
            at += entryWidth(line.name());
        }
        return rows * LEGEND_ROW;
    }

    /** The area between the axes. */
    private final class Plot {
        private final Html html;
        private final Axis x;
        private final Axis y;
        private final double right;
        private final double bottom;
        private final double top;

        Plot(Html html, Axis x, Axis y, double width, double height) {
            this.html = html;
            this.x = x;
            this.y = y;
            this.right = width - RIGHT;
            this.bottom = height - BOTTOM;
            this.top = TOP + pushedBy(width);
        }

        private double x(double value) {
            return LEFT + x.place(value) * (right - LEFT);
        }

        private double y(double value) {
            return bottom - y.place(value) * (bottom - top);
        }

        void axes() {
            for (double tick : y.ticks()) {
                Svg.line(html, "grid", LEFT, y(tick), right, y(tick));
                Svg.text(html, "tick", "end", LEFT - 8, y(tick) + 4, Numbers.of(tick));
            }
            for (double tick : x.ticks()) {
                Svg.line(html, "axis", x(tick), bottom, x(tick), bottom + 5);
                boolean last = x(tick) > right - 12;
                Svg.text(html, "tick", last ? "end" : "middle", x(tick), bottom + 20, Numbers.of(tick));
            }
            Svg.line(html, "axis", LEFT, bottom, right, bottom);
            Svg.text(html, "quiet", "middle", (LEFT + right) / 2, bottom + 39, xName);
        }

        void mark(double value) {
            double at = x(value);
            Svg.line(html, "mark", at, top, at, bottom);
            boolean before = at > (LEFT + right) / 2;
            Svg.text(html, "label", before ? "end" : "start", before ? at - 6 : at + 6, top + 14, markName);
        }

        void line(List<Series.Point> points, int colour) {
            StringBuilder path = new StringBuilder();
            for (Series.Point point : points) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(String.format(Locale.ROOT, "%.1f %.1f", x(point.x()), y(point.y())));
            }
            if (points.size() > 1) {
                html.empty("path", "class", "line colour" + colour, "d", path);
            }
            for (Series.Point point : points) {
                if (points.size() <= FEW || (mark.isPresent() && point.x() == mark.getAsDouble())) {
                    Svg.dot(html, "dot colour" + colour, x(point.x()), y(point.y()), 3);
                }
            }
        }
    }
}
