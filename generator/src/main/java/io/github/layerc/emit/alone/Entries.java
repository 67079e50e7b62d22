package io.github.layerc.emit.alone;

import io.github.layerc.program.Entry;
import java.util.List;

/** What a class that stands alone can do. */
public enum Entries {
    PREDICT,
    /** Predict, and steps of a training, too. */
    TRAIN;

    /** The entry points that are compiled for it. */
    public List<Entry> entries() {
        return this == PREDICT ? List.of(Entry.PREDICT) : List.of(Entry.PREDICT, Entry.COST, Entry.STEP);
    }
}
