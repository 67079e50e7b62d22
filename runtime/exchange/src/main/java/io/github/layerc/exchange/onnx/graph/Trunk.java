package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.chain.Stage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stage and all before it: two branches of a graph share their beginning. Each is itself alone. */
final class Trunk {
    private final Trunk before;
    private final Stage stage;
    private final int width;

    private Trunk(Trunk before, Stage stage, int width) {
        this.before = before;
        this.stage = stage;
        this.width = width;
    }

    /** The values of a sample. */
    static Trunk input(int width) {
        return new Trunk(null, null, width);
    }

    Trunk then(Stage next) {
        return new Trunk(this, next, next.width(width));
    }

    /** How many values it has. */
    int width() {
        return width;
    }

    boolean isInput() {
        return before == null;
    }

    List<Stage> stages() {
        Deque<Stage> stages = new ArrayDeque<>();
        for (Trunk trunk = this; !trunk.isInput(); trunk = trunk.before) {
            stages.addFirst(trunk.stage);
        }
        return List.copyOf(stages);
    }
}
