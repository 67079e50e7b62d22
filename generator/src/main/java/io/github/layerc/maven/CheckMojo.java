package io.github.layerc.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.build.BuildContext;

/**
 * Checks forward passes, gradients and optimizer steps of a generated class, of every target that this machine has, and of the interpreter against reference loops in double, and
 * these against central differences. Prints a table and leaves {@code check.csv} and {@code TEST-layerc-<network>.xml}, a file of JUnit's kind, in
 * {@code target/layerc/<network>}; fails where a row is beyond its bound. The module must be compiled.
 */
@Mojo(name = "check", requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME, threadSafe = true)
public final class CheckMojo extends NetworkMojo {

    /** Folder or file of samples as {@code layerc:train} takes it. By default samples are random. */
    @Parameter(property = "layerc.data")
    private String data;

    /** Number of samples. */
    @Parameter(property = "layerc.samples", defaultValue = "17")
    private String samples;

    @Inject
    public CheckMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "check";
    }

    @Override
    String mainClass() {
        return "io.github.layerc.check.CheckCommand";
    }

    @Override
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        if (new Property("layerc.data", data).isSet()) {
            arguments.put("data", resolved(data).toString());
        }
        arguments.put("samples", Integer.toString(new Property("layerc.samples", samples).wholeNumber(1)));
        return arguments;
    }
}
