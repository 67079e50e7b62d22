package io.github.layerc.table;

import java.util.Locale;

/** What the values of a column are. */
public enum ColumnKind {
    NUMBER,
    /** One of some words, which the spec lists; its number is its place among them. */
    CATEGORY,
    /** False or true, as numbers 0 and 1. */
    BOOLEAN;

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
