package io.github.layerc.report.draw;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a chart: a name and points from left to right.
 *
 * @param points in the order of {@code x}; those that are no numbers, or too large for an axis, are left out
 */
public record Series(String name, List<Point> points) {
    /** More points than a screen has columns are not seen. */
    private static final int MOST = 1000;

    /** A value {@code y} at {@code x}. */
    public record Point(double x, double y) {
        boolean isDrawable() {
            return Axis.isDrawable(x) && Axis.isDrawable(y);
        }
    }

    public Series {
        points = points.stream().filter(Point::isDrawable).toList();
    }

    /** The same line of at most a thousand points: of each slice its lowest and its highest, so that no peak is lost. */
    Series thinned() {
        if (points.size() <= MOST) {
            return this;
        }
        List<Point> kept = new ArrayList<>();
        int slices = MOST / 2;
        for (int slice = 0; slice < slices; slice++) {
            int from = (int) ((long) slice * points.size() / slices);
            int to = (int) ((long) (slice + 1) * points.size() / slices);
            int lowest = from;
            int highest = from;
            for (int i = from; i < to; i++) {
                lowest = points.get(i).y() < points.get(lowest).y() ? i : lowest;
                highest = points.get(i).y() > points.get(highest).y() ? i : highest;
            }
            kept.add(points.get(Math.min(lowest, highest)));
            if (lowest != highest) {
                kept.add(points.get(Math.max(lowest, highest)));
            }
        }
        // both ends are read off the chart
        kept.set(0, points.get(0));
        kept.set(kept.size() - 1, points.get(points.size() - 1));
        return new Series(name, kept);
    }
}
