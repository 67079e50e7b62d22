/** Columns of a table and what a model does to them: all that a class generated from named columns needs beside the engine. */
module io.github.layerc.table {
    requires transitive io.github.layerc.runtime;

    uses io.github.layerc.table.TableFormat;

    exports io.github.layerc.table;
}
