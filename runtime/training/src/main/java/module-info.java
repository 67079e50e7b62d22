/** Trains an engine as settings say: batches, rates, validation, early stopping, history, checkpoints. */
module io.github.layerc.training {
    requires transitive io.github.layerc.runtime;

    exports io.github.layerc.training;
}
