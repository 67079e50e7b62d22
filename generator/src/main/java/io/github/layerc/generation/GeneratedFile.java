package io.github.layerc.generation;

/**
 * A source, or a report, to be written.
 *
 * @param path below the output directory, with slashes
 * @param text its content
 * @param spec the spec that it is made from, as messages name it
 */
record GeneratedFile(String path, String text, String spec) {}
