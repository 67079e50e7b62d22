package io.github.layerc.report.table;

import io.github.layerc.metrics.Outcomes;
import java.util.List;

/**
 * What a regression made of a data set.
 *
 * @param name such as {@code test set}
 * @param targets outcomes of each target, in its own unit
 */
public record OwnResults(String name, List<Outcomes> targets) {

    public OwnResults {
        targets = List.copyOf(targets);
    }
}
