package io.github.layerc.report.draw;

import java.util.ArrayList;
import java.util.List;

/**
 * A chain of layers, from the input on the left to the output on the right: a column of circles for each, connected with those of the next one. Of many
 * units the first and the last are drawn, of many layers likewise.
 *
 * @param title what it shows, in one sentence
 */
public record NetworkDrawing(String title, List<Column> columns) {
    /** Circles of a column, the gap for those that are left out among them. */
    private static final int MOST_CIRCLES = 7;

    /** Columns, the gap for those that are left out among them. */
    private static final int MOST_COLUMNS = 25;

    private static final double TOP = 30;
    private static final double ROW = 26;
    private static final double MARGIN = 12;

    /**
     * A layer, or the input.
     *
     * @param name above it
     * @param units circles that it stands for; 0 for layers that are left out
     * @param lines below the number of units, from what matters most on
     */
    public record Column(String name, int units, List<String> lines) {
        public Column {
            lines = List.copyOf(lines);
        }

        /** Places of the circles, in rows from the middle of the drawing; a gap is between two of them. */
        private List<Double> circles() {
            int rows = Math.min(units, MOST_CIRCLES);
            List<Double> places = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                if (!hasGap() || row != MOST_CIRCLES / 2) {
                    places.add(row - (rows - 1) / 2.0);
                }
            }
            return places;
        }

        private boolean hasGap() {
            return units > MOST_CIRCLES;
        }
    }

    public NetworkDrawing {
        columns = shortened(columns);
    }

    private static List<Column> shortened(List<Column> all) {
        if (all.size() <= MOST_COLUMNS) {
            return List.copyOf(all);
        }
        int kept = MOST_COLUMNS / 2;
        List<Column> some = new ArrayList<>(all.subList(0, kept));
        some.add(new Column("...", 0, List.of(Numbers.count(all.size() - 2L * kept, "more layer"))));
        some.addAll(all.subList(all.size() - kept, all.size()));
        return some;
    }

    /** Within a page: a wide drawing and a narrow one, of which the style sheet shows the one that fits. */
    public void draw(Html html) {
        draw(html, "wide", 132);
        draw(html, "narrow", 72);
    }

    private void draw(Html html, String kind, double step) {
        int rows = columns.stream()
                .mapToInt(column -> Math.min(column.units(), MOST_CIRCLES))
                .max()
                .orElse(1);
        int lines =
                columns.stream().mapToInt(column -> column.lines().size()).max().orElse(0);
        double middle = TOP + rows * ROW / 2;
        double below = TOP + rows * ROW + 16;
        double width = 2 * MARGIN + columns.size() * step;
        html.open("div", "class", "scroll " + kind);
        Svg.open(html, "natural", width, below + 18 * lines + 10, title);
        for (int i = 0; i + 1 < columns.size(); i++) {
            connect(html, columns.get(i), x(i, step), columns.get(i + 1), x(i + 1, step), middle);
        }
        for (int i = 0; i < columns.size(); i++) {
            draw(html, columns.get(i), x(i, step), middle, below, colour(i));
        }
        html.close().close();
    }

    private static double x(int column, double step) {
        return MARGIN + step * (column + 0.5);
    }

    private String colour(int column) {
        return column == 0 ? "input" : column == columns.size() - 1 ? "output" : "hidden";
    }

    private static void connect(Html html, Column left, double x1, Column right, double x2, double middle) {
        StringBuilder path = new StringBuilder();
        for (double from : left.circles()) {
            for (double to : right.circles()) {
                path.append('M').append(Numbers.coordinate(x1)).append(' ');
                path.append(Numbers.coordinate(middle + ROW * from));
                path.append('L').append(Numbers.coordinate(x2)).append(' ');
                path.append(Numbers.coordinate(middle + ROW * to));
            }
        }
        if (!path.isEmpty()) {
            html.empty("path", "class", "edge", "d", path);
        }
    }

    private static void draw(Html html, Column column, double x, double middle, double below, String colour) {
        Svg.text(html, "quiet", "middle", x, 16, column.name());
        for (double place : column.circles()) {
            Svg.dot(html, "unit " + colour, x, middle + ROW * place, 9);
        }
        if (column.hasGap()) {
            for (int dot = -1; dot <= 1; dot++) {
                Svg.dot(html, "gap", x, middle + 7 * dot, 1.8);
            }
        }
        if (column.units() > 0) {
            Svg.text(html, "label strong", "middle", x, below, Numbers.count(column.units()));
        }
        for (int line = 0; line < column.lines().size(); line++) {
            String kind = line == 0 ? "label" : "quiet";
            Svg.text(
                    html,
                    kind,
                    "middle",
                    x,
                    below + 18 * (line + 1),
                    column.lines().get(line));
        }
    }
}
