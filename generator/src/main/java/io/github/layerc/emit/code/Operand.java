package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.schedule.Axis;
import java.util.Map;

/**
 * How an array is addressed by the axes of a product: {@code array[base + s * stride_s + u * stride_u + ...]}. One axis may lie in panels.
 *
 * @param word what its elements are, for the names of variables: {@code input}, {@code weight}, {@code delta}
 * @param base offset of the first element
 * @param strides one for each axis that the array has; of an axis in panels, that within a panel
 * @param panels null where no axis lies in panels
 */
public record Operand(String word, Expression array, Expression base, Map<Axis, Expression> strides, Panels panels) {
    public static final String TILE = "tileAt";
    private static final String PANEL = "panelAt";

    /**
     * An axis that is cut into panels, which lie one behind the other. A tile begins at a multiple of its vectors, and these divide those of a
     * panel, or the other way round.
     *
     * @param vectors of a panel
     * @param width its elements along the axis
     * @param distance of two panels
     */
    public record Panels(Axis axis, int vectors, Expression width, Expression distance) {}

    public Operand(String word, Expression array, Expression base, Map<Axis, Expression> strides) {
        this(word, array, base, strides, null);
    }

    public Expression stride(Axis axis) {
        Expression stride = strides.get(axis);
        if (stride == null) {
            throw new AssertionError(array + " has no axis " + axis);
        }
        return stride;
    }

    /** Whether neighbours along an axis are neighbours in the array. */
    public boolean contiguous(Axis axis) {
        return stride(axis).is(1);
    }

    /** The index of an element: {@code base + first * stride + second * stride}. */
    public Expression index(Axis firstAxis, Expression first, Axis secondAxis, Expression second) {
        return Expression.sum(base, place(firstAxis, first), place(secondAxis, second));
    }

    /** The element at the variables of two axes. */
    public Expression element(Axis firstAxis, Axis secondAxis) {
        return Expression.element(array, index(firstAxis, Names.at(firstAxis), secondAxis, Names.at(secondAxis)));
    }

    /** How far a place of an axis is from its first element. */
    private Expression place(Axis axis, Expression at) {
        if (panels == null || axis != panels.axis) {
            return Expression.product(at, stride(axis));
        }
        return Expression.sum(
                Expression.product(Expression.quotient(at, panels.width), panels.distance),
                Expression.remainder(at, panels.width));
    }

    /** How far an element of a loop along an axis is from its row's first one; in panels a sum for which such a loop has a variable. */
    public Expression along(Axis axis, Expression at) {
        return panels != null && axis == panels.axis ? Expression.name(PANEL) : Expression.product(at, stride(axis));
    }

    /** Declares the variable that {@link #along} needs, at the start of a turn of the loop. */
    public void panel(Body body, Axis axis, Expression at) {
        if (panels != null && axis == panels.axis) {
            body.integer(PANEL, place(axis, at));
        }
    }

    /**
     * The operand as a tile sees it whose place among the panels was put into {@code tileAt}: a sum that the tile's loops need not make again. Along
     * the axis of the panels it starts at 0.
     */
    public Operand inTile() {
        return new Operand(word, array, Expression.name(TILE), strides, panels);
    }

    /** How far the vector of a tile with such a number is from the tile's first one, along the axis in the lanes. */
    public Expression vector(int number) {
        int panel = panels == null ? 0 : number / panels.vectors;
        return panel == 0
                ? Expression.product(number, Names.LANES)
                : Expression.sum(Expression.product(panel, panels.distance), vector(number % panels.vectors));
    }

    /** The index of the first element at a place of one axis. */
    public Expression row(Axis axis, Expression at) {
        return Expression.sum(base, place(axis, at));
    }
}
