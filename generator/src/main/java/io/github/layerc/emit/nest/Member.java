package io.github.layerc.emit.nest;

/** A member of the class that code needs it to have: whoever makes the class finds it in the code. */
public interface Member {
    String name();
}
