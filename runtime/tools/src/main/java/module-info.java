import io.github.layerc.checkpoint.CheckpointFormat;
import io.github.layerc.checkpoint.TableCheckpointFormat;
import io.github.layerc.data.ModelFormat;
import io.github.layerc.table.TableFormat;

/** Files of models and pictures, and the commands that train and compare. */
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
    exports io.github.layerc.files;
    exports io.github.layerc.metrics;
    exports io.github.layerc.pictures;
}
