package io.github.layerc.report.draw;

import java.util.List;

/**
 * The frame of a page: one file that needs no other and loads none, light or dark as the reader's system is, for a screen of any width and for paper.
 */
public final class Page {
    /** Nothing may be loaded, and no script runs, even if one got in. */
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private final Html html = new Html();

    /**
     * Starts a page.
     *
     * @param subtitle one line below the title
     */
    public Page(String title, String subtitle) {
        html.doctype().open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty("link", "rel", "icon", "href", "data:,");
        html.element("title", title).element("style", StyleSheet.ofPages()).close();
        html.open("body")
                .open("header")
                .element("h1", title)
                .element("p", subtitle)
                .close();
        html.open("main");
    }

    public Html html() {
        return html;
    }

    /** Starts a section, which {@link Html#close()} ends. */
    public static void section(Html html, String title) {
        html.open("section").element("h2", title);
    }

    /** A table whose first column is text, and the others numbers, which are not broken: a narrow screen moves over it. */
    public static void table(Html html, String caption, List<String> head, List<List<String>> rows) {
        table(html, "numbers", caption, head, rows);
    }

    /** A table of names and what belongs to them. */
    public static void words(Html html, String caption, List<String> head, List<List<String>> rows) {
        table(html, "words", caption, head, rows);
    }

    private static void table(Html html, String kind, String caption, List<String> head, List<List<String>> rows) {
        html.open("div", "class", "scroll").open("table", "class", kind).element("caption", caption);
        html.open("thead").open("tr");
        head.forEach(cell -> html.element("th", cell, "scope", "col"));
        html.close().close().open("tbody");
        for (List<String> row : rows) {
            html.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> html.element("td", cell));
            html.close();
        }
        html.close().close().close();
    }

    /** Ends the page. */
    public String end() {
        html.close();
        html.element("footer", "Written by layerc.").close().close();
        return html.toString();
    }
}
