package io.github.layerc.export;

import io.github.layerc.files.OutputFolder;
import java.util.List;
import java.util.Map;

/** Makes of a trained network what somebody else can use. */
public interface Exporter {

    /**
     * The files, in order, by their simple names.
     *
     * @throws IllegalArgumentException if the network has something that they cannot say, in one line
     * @throws io.github.layerc.compiler.CompileException likewise
     */
    Map<String, OutputFolder.Content> files(TrainedModel model);

    /** What the files lack of the model, in a line each. */
    default List<String> notices(TrainedModel model) {
        return List.of();
    }
}
