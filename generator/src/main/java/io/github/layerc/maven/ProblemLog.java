package io.github.layerc.maven;

import io.github.layerc.generation.Problem;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.build.DefaultBuildContext;

/** Reports problems with specs: a line for each in Maven's log, a marker in an editor, then one failure. */
final class ProblemLog {
    private final Log log;
    private final BuildContext buildContext;

    ProblemLog(Log log, BuildContext buildContext) {
        this.log = log;
        this.buildContext = buildContext;
    }

    /**
     * Fails if there are any.
     *
     * @param specs files whose problems of the last build are over
     */
    void requireNone(List<Path> specs, List<Problem> problems) throws MojoFailureException {
        specs.forEach(spec -> buildContext.removeMessages(spec.toFile()));
        if (problems.isEmpty()) {
            return;
        }
        for (Problem problem : problems) {
            log.error(problem.toString());
            // outside an editor the build context would log the same once more, in a form of its own
            if (!(buildContext instanceof DefaultBuildContext)) {
                buildContext.addMessage(
                        problem.file().toFile(),
                        problem.line(),
                        problem.column(),
                        problem.message(),
                        BuildContext.SEVERITY_ERROR,
                        null);
            }
        }
        List<String> places = problems.stream().map(Problem::place).distinct().toList();
        throw new MojoFailureException((problems.size() == 1 ? "1 error in " : problems.size() + " errors in ")
                + (places.size() == 1 ? places.get(0) : places.size() + " specs"));
    }
}
