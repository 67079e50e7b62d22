/** Models of other tools, in and out. */
module io.github.layerc.exchange {
    requires transitive io.github.layerc.tools;
    requires com.google.gson;
    requires io.jhdf;

    exports io.github.layerc.exchange;
}
