package io.github.layerc.table;

/**
 * A column that a regression predicts.
 *
 * @param name as a file has it
 * @param transform what a network is trained with instead; predictions undo it
 */
public record Target(String name, Transform transform) {

    public Target {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a target must have a name: name=");
        }
        if (!transform.goesWithTargets()) {
            throw new IllegalArgumentException("target " + name + " cannot have: transform=" + transform);
        }
    }

    /** What an output is in the unit of the column. */
    public double undo(double output, Line line) {
        return transform.undoInner(line.undo(output));
    }

    /** What a network is trained with. */
    public double apply(double value, Line line) {
        return line.apply(transform.inner(value));
    }
}
