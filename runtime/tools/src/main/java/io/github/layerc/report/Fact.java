package io.github.layerc.report;

/**
 * Something that a reader may want to know: how long it took, on which machine.
 *
 * @param name in a few words
 * @param value as it is printed
 */
public record Fact(String name, String value) {}
