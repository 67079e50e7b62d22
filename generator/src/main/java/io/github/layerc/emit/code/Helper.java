package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Member;
import java.util.Comparator;

/**
 * A method that a class has for the kernels that call it, once for all of them.
 *
 * @param number tells methods of a kind apart
 */
public record Helper(Kind kind, int number, Method method) implements Member, Comparable<Helper> {
    private static final Comparator<Helper> ORDER =
            Comparator.comparing(Helper::kind).thenComparing(Helper::number);

    /** In the order of a class. */
    public enum Kind {
        ROW_ADDER,
        DERIVATIVE,
        SUM_OF_LANES
    }

    @Override
    public String name() {
        return method.name();
    }

    @Override
    public int compareTo(Helper other) {
        return ORDER.compare(this, other);
    }
}
