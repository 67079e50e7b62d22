package io.github.layerc.emit.code;

import java.util.Map;

/**
 * How an array is addressed by the axes of a product: {@code array[base + s * stride_s + u * stride_u + ...]}. One axis may lie in panels.
 *
 * @param word what its elements are, for the names of variables: {@code input}, {@code weight}, {@code delta}
 * @param array name of the Java array
 * @param base offset of the first element, empty for 0
 * @param strides texts, one for each axis that the array has; of an axis in panels, that within a panel
 * @param panels null where no axis lies in panels
 */
public record Operand(String word, String array, String base, Map<Axis, String> strides, Panels panels) {
    public static final String TILE = "tileAt";
    private static final String PANEL = "panelAt";

    /**
     * An axis that is cut into panels, which lie one behind the other. A tile begins at a multiple of its vectors, and these divide those of a
     * panel, or the other way round.
     *
     * @param vectors of a panel
     * @param width name of the constant with its elements along the axis
     * @param distance name of the constant with the distance of two panels
     */
    public record Panels(Axis axis, int vectors, String width, String distance) {}

    public Operand(String word, String array, String base, Map<Axis, String> strides) {
        this(word, array, base, strides, null);
    }

    public String stride(Axis axis) {
        String stride = strides.get(axis);
        if (stride == null) {
            throw new AssertionError(array + " has no axis " + axis);
        }
        return stride;
    }

    public boolean contiguous(Axis axis) {
        return stride(axis).equals("1");
    }

    /** The index of an element: {@code base + first * stride + second * stride}. */
    public String index(Axis firstAxis, String first, Axis secondAxis, String second) {
        return sum(base, place(firstAxis, first), place(secondAxis, second));
    }

    /** How far a place of an axis is from its first element. */
    private String place(Axis axis, String at) {
        if (panels == null || axis != panels.axis || at.equals("0")) {
            return product(at, stride(axis));
        }
        String column = Words.factor(at);
        return column + " / " + panels.width + " * " + panels.distance + " + " + column + " % " + panels.width;
    }

    /** How far an element of a loop along an axis is from its row's first one; in panels a sum for which such a loop has a variable. */
    public String along(Axis axis, String at) {
        return panels != null && axis == panels.axis ? PANEL : product(at, stride(axis));
    }

    /** Emits the variable that {@link #along} needs, at the start of a turn of the loop. */
    public void panel(Lines lines, Axis axis, String at) {
        if (panels != null && axis == panels.axis) {
            lines.line("int " + PANEL + " = " + place(axis, at));
        }
    }

    /**
     * The operand as a tile sees it whose place among the panels was put into {@code tileAt}: a sum that the tile's loops need not make again. Along
     * the axis of the panels it starts at 0.
     */
    public Operand inTile() {
        return new Operand(word, array, TILE, strides, panels);
    }

    /** How far the vector of a tile with such a number is from the tile's first one, along the axis in the lanes. */
    public String vector(int number) {
        int panel = panels == null ? 0 : number / panels.vectors;
        return panel == 0
                ? product(String.valueOf(number), "LANES")
                : sum(product(String.valueOf(panel), panels.distance), vector(number % panels.vectors));
    }

    /** The index of the first element at a place of one axis. */
    public String row(Axis axis, String at) {
        return sum(base, place(axis, at));
    }

    /** {@code a + b + ...} without the terms that are 0. */
    public static String sum(String... terms) {
        StringBuilder sum = new StringBuilder();
        for (String term : terms) {
            if (!term.isEmpty() && !term.equals("0")) {
                sum.append(sum.length() == 0 ? "" : " + ").append(term);
            }
        }
        return sum.length() == 0 ? "0" : sum.toString();
    }

    /** {@code a * b}, where a factor is neither 0 nor 1. */
    public static String product(String a, String b) {
        if (a.equals("0") || b.equals("0")) {
            return "0";
        }
        if (b.equals("1")) {
            return a;
        }
        return a.equals("1") ? b : Words.factor(a) + " * " + Words.factor(b);
    }
}
