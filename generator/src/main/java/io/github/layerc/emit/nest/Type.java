package io.github.layerc.emit.nest;

/** The type of a variable. */
public enum Type {
    INT,
    LONG,
    BOOLEAN,
    DOUBLE,
    /** A number of the network's precision. */
    ELEMENT,
    /** An array of such numbers. */
    ARRAY,
    /** An array of such arrays. */
    ROWS,
    /** The samples of a call, with their targets. */
    BATCH,
    /** The same in Gram form. */
    GRAM_BATCH,
    /** What arithmetic is done on at a time: a vector, for the scalar target a number. */
    REGISTER,
    /** The bits of a register, as integers. */
    BITS
}
