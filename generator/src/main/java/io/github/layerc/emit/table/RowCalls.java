package io.github.layerc.emit.table;

import com.palantir.javapoet.CodeBlock;

/**
 * How the code for a row asks for what depends on what the table has learned. {@link #filled}, {@link #oneForEach} and {@link #target} are expressions; {@link #begin} and {@link #group} are
 * statements, or nothing.
 */
public interface RowCalls {
    /**
     * What comes before inputs are written.
     *
     * @param writes whether the code writes some in {@code features} itself
     */
    CodeBlock begin(boolean writes);

    /** The number, or what stands for it where it is NaN. */
    CodeBlock filled(int column, CodeBlock number);

    /** A call that writes the inputs of a category with one input for each, from {@code at} on. */
    CodeBlock oneForEach(int column, int at, CodeBlock number);

    /**
     * Statements that write the inputs of columns that are one array.
     *
     * @param name of the array
     * @param column the first of them
     * @param at where its input is
     * @param count how many columns the array has
     */
    CodeBlock group(String name, CodeBlock values, int column, int at, int count);

    /** An output in the unit of its target, a number of the network's precision. */
    CodeBlock target(int target);

    /** What becomes of centers and scales, for the documentation: the rest of a sentence. */
    String centers();

    /** What every prediction of a row can meet, for the documentation. */
    String errors();
}
