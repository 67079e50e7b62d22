package io.github.layerc.report.draw;

import java.util.List;

/**
 * Bars from 0 to the right, or to the left for negative values, with their deviations.
 *
 * @param title what it shows, in one sentence
 */
public record ChangeBars(String title, List<Bar> bars) {
    private static final double LEFT = 8;
    private static final double RIGHT = 24;
    private static final double ROW = 38;
    private static final double BAR = 12;
    private static final double BOTTOM = 30;

    /**
     * One bar.
     *
     * @param value and {@code deviation}, half of the line around it; a bar of a value that is not finite is not drawn
     * @param text the value in words, behind the name
     */
    public record Bar(String name, double value, double deviation, String text) {
        private double low() {
            return value - deviation;
        }

        private double high() {
            return value + deviation;
        }

        private boolean isDrawable() {
            return Axis.isDrawable(low()) && Axis.isDrawable(high());
        }
    }

    public ChangeBars {
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
        double least = bars.stream()
                .filter(Bar::isDrawable)
                .mapToDouble(Bar::low)
                .min()
                .orElse(0);
        double most = bars.stream()
                .filter(Bar::isDrawable)
                .mapToDouble(Bar::high)
                .max()
                .orElse(0);
        Axis axis = Axis.linear(Math.min(0, least), Math.max(0, most), width > 500 ? 8 : 4);
        double bottom = ROW * bars.size();
        double right = width - RIGHT;
        Svg.open(html, kind, width, bottom + BOTTOM, title);
        for (double tick : axis.ticks()) {
            double x = x(axis, tick, right);
            Svg.line(html, tick == 0 ? "axis" : "grid", x, 4, x, bottom + 4);
            Svg.text(html, "tick", x < LEFT + 16 ? "start" : "middle", x, bottom + 20, Numbers.of(tick));
        }
        for (int i = 0; i < bars.size(); i++) {
            draw(html, bars.get(i), axis, ROW * i, right);
        }
        html.close();
    }

    private static void draw(Html html, Bar bar, Axis axis, double top, double right) {
        html.open("text", "class", "label", "x", LEFT + 6, "y", top + 15)
                .text(bar.name())
                .element("tspan", bar.text(), "class", "quiet", "dx", 10.0)
                .close();
        if (!bar.isDrawable()) {
            return;
        }
        double zero = x(axis, 0, right);
        double end = x(axis, bar.value(), right);
        Svg.box(html, "bar colour0", Math.min(zero, end), top + 20, Math.abs(end - zero), BAR);
        if (bar.deviation() > 0) {
            double middle = top + 20 + BAR / 2;
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
