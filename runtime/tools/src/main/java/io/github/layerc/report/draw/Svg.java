package io.github.layerc.report.draw;

/** A drawing within a page, or a file of its own. It scales with the room that it gets; sizes are those of its coordinates. */
public final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private Svg() {}

    /**
     * Starts a drawing, which {@link Html#close()} ends.
     *
     * @param kind class of the style sheet, such as {@code wide}
     * @param title what it shows, for those who do not see it
     */
    public static Html open(Html html, String kind, double width, double height, String title) {
        return html.open(
                        "svg",
                        "xmlns",
                        NAMESPACE,
                        "class",
                        kind,
                        "viewBox",
                        "0 0 " + Numbers.coordinate(width) + " " + Numbers.coordinate(height),
                        "role",
                        "img",
                        "aria-label",
                        title,
                        "style",
                        "max-width: " + Numbers.coordinate(width) + "px")
                .element("title", title);
    }

    /** A text at a point. */
    static void text(Html html, String kind, String anchor, double x, double y, String text) {
        html.element("text", text, "class", kind, "text-anchor", anchor, "x", x, "y", y);
    }

    static void line(Html html, String kind, double x1, double y1, double x2, double y2) {
        html.empty("line", "class", kind, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
    }

    static void box(Html html, String kind, double x, double y, double width, double height) {
        html.empty("rect", "class", kind, "x", x, "y", y, "width", width, "height", height);
    }

    static void dot(Html html, String kind, double x, double y, double radius) {
        html.empty("circle", "class", kind, "cx", x, "cy", y, "r", radius);
    }
}
