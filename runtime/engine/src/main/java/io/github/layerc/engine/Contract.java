package io.github.layerc.engine;

/** The version of what generated classes and this runtime expect of each other. */
public final class Contract {
    /** Raised by every change after which classes generated before would not work any more. */
    private static final int VERSION = 11;

    private Contract() {}

    /** The version that the compiler writes into the classes that it generates. */
    public static int version() {
        return VERSION;
    }

    /**
     * Called by generated classes before anything else.
     *
     * @throws IllegalStateException if the class was generated for another version of the contract
     */
    public static void require(String network, int version) {
        if (version != VERSION) {
            throw new IllegalStateException(network + ": generated for contract " + version
                    + ", but this layerc-runtime has contract " + VERSION
                    + ": generate the class again with the layerc-maven-plugin of the same version as the runtime");
        }
    }
}
