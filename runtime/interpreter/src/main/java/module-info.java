/** Runs any network without generated code: what generated classes are compared with. */
module io.github.layerc.interpreter {
    requires transitive io.github.layerc.runtime;

    exports io.github.layerc.interpreter;
}
