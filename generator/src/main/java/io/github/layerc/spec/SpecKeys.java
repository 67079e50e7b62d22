package io.github.layerc.spec;

import java.util.List;

/** The keys of a spec, place by place; the JSON Schema has the same. */
final class SpecKeys {
    static final List<String> SPEC = List.of(
            "network",
            "package",
            "input",
            "output",
            "split",
            "layer_dims",
            "layers",
            "loss",
            "initializer",
            "training",
            "precision",
            "threads");
    static final List<String> INPUT = List.of("shape", "scale", "columns");
    static final List<String> COLUMN = List.of("name", "names", "kind", "values", "transform", "missing");
    static final List<String> OUTPUT = List.of("label", "classes", "targets");
    static final List<String> SPLIT = List.of("kind", "column", "test", "seed");
    static final List<String> LAYER =
            List.of("units", "activation", "normalization", "initializer", "dropout", "l1", "l2");
    static final List<String> TRAINING = List.of(
            "optimizer",
            "momentum",
            "l1",
            "l2",
            "class_weights",
            "clip",
            "averaging",
            "learning_rate",
            "schedule",
            "iterations",
            "epochs",
            "batch",
            "validation",
            "early_stopping",
            "metrics",
            "form");
    static final List<String> EARLY_STOPPING = List.of("monitor", "patience", "min_delta");

    private SpecKeys() {}
}
