package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Member;
import io.github.layerc.emit.nest.Type;
import java.util.Comparator;
import java.util.List;

/**
 * An array that code needs besides the workspace. The kernels of a class share it, since no two run at a time: the class has the longest of those
 * that they name alike.
 *
 * @param layer whose array it is, 0 where layers share it
 * @param rows 0 where it has one dimension
 * @param length of a row, in units
 * @param unit a number of elements
 */
public record Scratch(Kind kind, int layer, int rows, int length, Expression unit)
        implements Member, Comparable<Scratch> {
    private static final Comparator<Scratch> ORDER =
            Comparator.comparing(Scratch::kind).thenComparing(Scratch::layer);

    /** In the order of a class. */
    private enum Kind {
        TRANSPOSED,
        LANES,
        PARTIALS,
        SUMS,
        ROW_COPIES,
        ROW_SUMS
    }

    /** A transposed copy of a layer's weights, of a length. */
    public static Scratch transposed(int layer, Expression length) {
        return new Scratch(Kind.TRANSPOSED, layer, 0, 1, length);
    }

    /** Vectors of a tile. */
    public static Scratch lanes(int vectors) {
        return new Scratch(Kind.LANES, 0, 0, vectors, Names.LANES);
    }

    /** Partial sums of some samples: a vector for each unit of a layer. */
    public static Scratch partials(int layer, int samples) {
        Expression most = Expression.math("min", Expression.name("capacity"), Expression.number(samples));
        Expression sums = Expression.product(most, Names.units(layer));
        return new Scratch(Kind.PARTIALS, layer, 0, 1, Expression.product(sums, Names.LANES));
    }

    /** Sums of some rows over a block of columns. */
    public static Scratch sums(int length) {
        return new Scratch(Kind.SUMS, 0, 0, length, Expression.number(1));
    }

    /** Copies of so many rows of at most so many elements. */
    public static Scratch rowCopies(int rows, int length) {
        return new Scratch(Kind.ROW_COPIES, 0, rows, length, Expression.number(1));
    }

    /** Sums of so many such rows. */
    public static Scratch rowSums(int rows, int length) {
        return new Scratch(Kind.ROW_SUMS, 0, rows, length, Expression.number(1));
    }

    @Override
    public String name() {
        return switch (kind) {
            case TRANSPOSED -> "transposed" + layer;
            case LANES -> "lanes";
            case PARTIALS -> "partials";
            case SUMS -> "sums";
            case ROW_COPIES -> "rowCopies";
            case ROW_SUMS -> "rowSums";
        };
    }

    public String documentation() {
        return switch (kind) {
            case TRANSPOSED -> "Weights of layer " + layer + " in rows of inputs, for the deltas of many samples.";
            case LANES -> "Vectors of a tile, to be summed up or finished.";
            case PARTIALS -> "Partial sums of layer " + layer + ": one vector for each unit of some samples.";
            case SUMS -> "Sums of some rows over a block of columns.";
            case ROW_COPIES -> "Blocks of rows, copied to where loops over them can be vectors.";
            case ROW_SUMS -> "Sums of such blocks.";
        };
    }

    public Type type() {
        return rows == 0 ? Type.ARRAY : Type.ROWS;
    }

    public List<Expression> extents() {
        Expression all = Expression.product(length, unit);
        return rows == 0 ? List.of(all) : List.of(Expression.number(rows), all);
    }

    /** The array that serves as this one and as another of its name. */
    Scratch with(Scratch other) {
        if (kind != other.kind || layer != other.layer || !unit.equals(other.unit)) {
            throw new AssertionError("two arrays named " + name() + ": " + this + " and " + other);
        }
        return new Scratch(kind, layer, Math.max(rows, other.rows), Math.max(length, other.length), unit);
    }

    @Override
    public int compareTo(Scratch other) {
        return ORDER.compare(this, other);
    }
}
