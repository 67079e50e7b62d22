/** Models of other tools, in and out. */
module io.github.layerc.exchange {
    requires transitive io.github.layerc.tools;
    requires com.google.gson;

    exports io.github.layerc.exchange;
}
