package io.github.layerc.program.op;

/** An operation that can do more to each element of its result before it is stored. */
public sealed interface WithEpilogue extends Op permits Gather, Product {
    /** What it does. */
    Epilogue epilogue();

    /** The same with another result. */
    WithEpilogue withOut(Buffer out);

    /** The same with another epilogue. */
    WithEpilogue withEpilogue(Epilogue epilogue);
}
