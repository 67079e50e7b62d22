package io.github.layerc.tune;

/** What the class path of the goal has of the network that is tuned: the class that was generated for the project. */
public final class Shadowed {
    private Shadowed() {}
}
