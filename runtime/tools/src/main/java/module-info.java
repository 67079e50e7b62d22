import io.github.layerc.checkpoint.CheckpointFormat;
import io.github.layerc.checkpoint.TableCheckpointFormat;
import io.github.layerc.data.ModelFormat;
import io.github.layerc.table.TableFormat;

/** Files of models and pictures, and the commands that train and compare. */
@SuppressWarnings("module") // a module that exports name stands on this one, and is compiled later
module io.github.layerc.tools {
    requires transitive io.github.layerc.interpreter;
    requires transitive io.github.layerc.runtime;
    requires transitive io.github.layerc.table;
    requires transitive io.github.layerc.training;
    requires com.google.gson;
    requires com.twelvemonkeys.imageio.jpeg;
    requires com.twelvemonkeys.imageio.metadata;
    requires java.desktop;
    requires java.xml;
    requires de.siegmar.fastcsv;
    requires io.jhdf;
    requires me.tongfei.progressbar;
    requires static jmh.core;

    provides ModelFormat with
            CheckpointFormat;
    provides TableFormat with
            TableCheckpointFormat;

    exports io.github.layerc.checkpoint;
    exports io.github.layerc.array to
            io.github.layerc.exchange;
    exports io.github.layerc.files;
    exports io.github.layerc.hdf5 to
            io.github.layerc.exchange;
    exports io.github.layerc.metrics;
    exports io.github.layerc.pictures;
    exports io.github.layerc.proto to
            io.github.layerc.exchange;
}
