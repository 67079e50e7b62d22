package io.github.layerc.report.draw;

import java.util.List;

/**
 * Bars of measured times with their errors. Times that are far apart have a logarithmic axis; its bars start at the round number below the shortest
 * time, so that their ends compare, not their lengths.
 *
 * @param title what it shows, in one sentence
 */
public record BarChart(String title, List<Bar> bars) {
    private static final double LEFT = 8;
    private static final double RIGHT = 24;
    private static final double TOP = 6;
    private static final double ROW = 46;
    private static final double BAR = 16;
    private static final double BOTTOM = 30;

    /**
     * One bar.
     *
     * @param value nanoseconds
     * @param error half of the interval around the value; NaN or infinite where it is not known, and then not drawn
     * @param text the value in words, behind the name
     * @param strong whether it is one of those that the chart is about
     */
    public record Bar(String name, double value, double error, String text, boolean strong) {
        public Bar {
            if (!(value > 0) || !Axis.isDrawable(value)) {
                throw new IllegalArgumentException(
                        "times must be positive and finite: bar=" + name + ", time=" + value);
            }
        }

        /** An error of the size of the value, or above, has no lower end on a logarithmic axis. */
        private double low() {
            return Math.max(value - error, 0);
        }

        private double high() {
            return value + error;
        }

        private boolean hasError() {
            return Axis.isDrawable(error) && Axis.isDrawable(high());
        }
    }

    public BarChart {
        bars = List.copyOf(bars);
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("a chart must have at least one bar: title=" + title);
        }
    }

    /** Within a page: a wide drawing and a narrow one, of which the style sheet shows the one that fits. */
    public void draw(Html html) {
        draw(html, "wide", 940);
        draw(html, "narrow", 360);
    }

    private void draw(Html html, String kind, double width) {
        double least = bars.stream().mapToDouble(Bar::value).min().orElseThrow();
        double most = bars.stream()
                .mapToDouble(bar -> bar.hasError() ? bar.high() : bar.value())
                .max()
                .orElseThrow();
        int ticks = width > 500 ? 6 : 3;
        Axis axis = Axis.of(least, most, ticks);
        if (axis.logarithmic()) {
            // room for the shortest bar
            axis = Axis.logarithmic(least / 2, most, ticks);
        }
        double bottom = TOP + ROW * bars.size();
        double right = width - RIGHT;
        Svg.open(html, kind, width, bottom + BOTTOM, title);
        for (double tick : axis.ticks()) {
            double x = x(axis, tick, right);
            Svg.line(html, "grid", x, TOP, x, bottom + 4);
            String anchor = x < LEFT + 16 ? "start" : "middle";
            Svg.text(html, "tick", anchor, x, bottom + 20, tick == 0 ? "0" : Numbers.time(tick));
        }
        for (int i = 0; i < bars.size(); i++) {
            draw(html, bars.get(i), axis, TOP + ROW * i, right);
        }
        Svg.line(html, "axis", LEFT, TOP, LEFT, bottom + 4);
        html.close();
    }

    private static void draw(Html html, Bar bar, Axis axis, double top, double right) {
        double middle = top + 22 + BAR / 2;
        html.open("text", "class", bar.strong() ? "label strong" : "label", "x", LEFT + 6, "y", top + 15)
                .text(bar.name())
                .element("tspan", bar.text(), "class", "quiet", "dx", 10.0)
                .close();
        double end = x(axis, bar.value(), right);
        // the shortest time of a logarithmic axis can lie at its start
        Svg.box(html, bar.strong() ? "bar colour0" : "bar other", LEFT, top + 22, Math.max(2, end - LEFT), BAR);
        if (bar.hasError() && bar.error() > 0) {
            double low = x(axis, bar.low(), right);
            double high = x(axis, bar.high(), right);
            Svg.line(html, "error", low, middle, high, middle);
            Svg.line(html, "error", low, middle - 4, low, middle + 4);
            Svg.line(html, "error", high, middle - 4, high, middle + 4);
        }
    }

    private static double x(Axis axis, double value, double right) {
        return LEFT + axis.place(value) * (right - LEFT);
    }
}
