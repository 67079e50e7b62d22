package io.github.layerc.table;

import java.util.HashSet;
import java.util.List;

/**
 * The column that says which class a row is of.
 *
 * @param name as a file has it
 * @param classes what stands in it, in the order of the classes, two or more
 */
public record Label(String name, List<String> classes) {

    public Label {
        classes = List.copyOf(classes);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a label must have a name: name=");
        }
        if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size()) {
            throw new IllegalArgumentException(
                    "label " + name + ": classes must be two or more, and different: classes=" + classes);
        }
    }
}
