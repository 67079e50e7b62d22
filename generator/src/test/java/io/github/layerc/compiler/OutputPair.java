package io.github.layerc.compiler;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Loss;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an output can be: an activation, and a loss that takes it. */
record OutputPair(Activation activation, Loss loss) {
    /** Every loss with its usual output, those of smoothed targets, and every activation with one of the losses that take it, by turns: all with all would be too many to compile. */
    static List<OutputPair> all() {
        Set<OutputPair> pairs = new LinkedHashSet<>();
        Loss.all().forEach(loss -> pairs.add(new OutputPair(loss.usualOutput(), loss)));
        pairs.add(new OutputPair(Activation.SIGMOID, Loss.binaryCrossEntropy(0.2)));
        pairs.add(new OutputPair(Activation.SOFTMAX, Loss.categoricalCrossEntropy(0.1)));
        int turn = 0;
        for (Activation activation : Activation.all()) {
            List<Loss> takers =
                    Loss.all().stream().filter(loss -> loss.accepts(activation)).toList();
            pairs.add(new OutputPair(activation, takers.get(turn % takers.size())));
            turn++;
        }
        return List.copyOf(pairs);
    }
}
