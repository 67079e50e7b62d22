package io.github.layerc.maven;

import io.github.layerc.describe.TableDescription;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Prints a spec that could be made of a table, CSV, TSV or ARFF: its columns with counts, ranges and missing values, what predicts and what is predicted. It is for a person to edit. Needs no
 * project.
 */
@Mojo(name = "describe", requiresProject = false, threadSafe = true)
public final class DescribeMojo extends GoalMojo {

    /** The table; it must be given. */
    @Parameter(property = "layerc.data")
    private String data;

    /** The column that is to be predicted. By default the last one. */
    @Parameter(property = "layerc.label")
    private String label;

    @Override
    String goal() {
        return "describe";
    }

    @Override
    void run() {
        Path path = resolved(new Property("layerc.data", data).required("data"));
        Property predicted = new Property("layerc.label", label);
        TableDescription table =
                TableDescription.of(path, predicted.isSet() ? Optional.of(predicted.text()) : Optional.empty());
        // to be copied from here, or sent to a file: no prefix of a log
        System.out.print(table.yaml());
    }
}
