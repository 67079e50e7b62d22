package io.github.layerc.maven;

import io.github.layerc.data.DataException;
import io.github.layerc.describe.TableDescription;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Prints a spec that could be made of a table, CSV, TSV or ARFF: its columns with counts, ranges and missing values, what predicts and what is predicted. It is for a person to edit. Needs no
 * project.
 */
@Mojo(name = "describe", requiresProject = false, threadSafe = true)
public final class DescribeMojo extends AbstractMojo {

    /** The table; it must be given. */
    @Parameter(property = "layerc.data")
    private String data;

    /** The column that is to be predicted. By default the last one. */
    @Parameter(property = "layerc.label")
    private String label;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Override
    public void execute() throws MojoFailureException {
        try {
            Path path = Path.of(session.getExecutionRootDirectory())
                    .resolve(new Property("layerc.data", data).required("data"))
                    .normalize();
            Property predicted = new Property("layerc.label", label);
            TableDescription table =
                    TableDescription.of(path, predicted.isSet() ? Optional.of(predicted.text()) : Optional.empty());
            // to be copied from here, or sent to a file: no prefix of a log
            System.out.print(table.yaml());
        } catch (IllegalArgumentException | DataException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }
}
