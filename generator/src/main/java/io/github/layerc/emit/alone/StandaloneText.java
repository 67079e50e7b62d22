package io.github.layerc.emit.alone;

import com.palantir.javapoet.CodeBlock;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.VectorSupport;
import io.github.layerc.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * What the documentation of a class that stands alone says.
 *
 * @param rows of a network with named columns
 * @param origin where network and parameters come from, a sentence each
 */
public record StandaloneText(
        Network network,
        Target target,
        Entries entries,
        TrainedParameters parameters,
        Optional<StandaloneRows> rows,
        List<String> origin) {
    public StandaloneText {
        origin = List.copyOf(origin);
    }

    /** @param layers the table of the layers */
    public CodeBlock documentation(String layers) {
        String name = network.name();
        String module = target == Target.VECTOR ? "--add-modules " + VectorSupport.MODULE + " " : "";
        String resource = parameters.inText()
                ? ""
                : "\n<p>Its parameters are in {@code " + parameters.resourceName()
                        + "}, a resource that must lie in the package of this class.\n";
        return CodeBlock.of(
                """
                Network {@code $L}, trained, in $L, for $L. It stands alone: it needs the JDK and nothing else.

                <pre>
                $L
                </pre>

                <pre>{@code
                javac --release 17 $L$L.java

                $L}</pre>
                $L
                <p>$L

                <p>An instance belongs to the thread that uses it; {@link #share} makes one for another thread.
                """,
                name,
                target == Target.VECTOR ? "the Vector API" : "plain Java",
                entries == Entries.TRAIN ? "prediction and further training" : "prediction",
                layers,
                module,
                name,
                rows.map(this::ofRows).orElseGet(this::ofArrays),
                resource,
                String.join(" ", origin));
    }

    private String ofRows(StandaloneRows some) {
        return network.name() + " net = " + network.name() + ".create();\n" + some.example() + "\n";
    }

    private String ofArrays() {
        String name = network.name();
        String step = "double cost = net.step(samples, targets, count, "
                + network.training().learningRate() + ");\n";
        return name + " net = " + name + ".create(1); // workspace for 1 sample at a time\n"
                + network.precision().keyword() + "[] outputs = net.predict(samples, count);\n"
                + (entries == Entries.TRAIN ? step : "");
    }
}
