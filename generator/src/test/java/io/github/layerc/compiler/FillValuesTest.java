package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.compiler.StandaloneCompiler.Request;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import io.github.layerc.table.TableEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value for missing ones that is too large for a float is refused, wherever it would become infinite. */
class FillValuesTest {
    private static final String SPEC = """
            network: Zero
            package: p
            precision: %s
            input: {columns: [{name: x}, {name: z, missing: mean}]}
            output: {targets: [y]}
            layers: [{units: 1, activation: identity}]
            loss: mean_squared_error
            """;

    private static final String USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    return r;
                }
            }
            """;

    private static final String REFUSED = "column z: fill value must be finite in float: fill=1.0E39";

    @TempDir
    private Path folder;

    private static Fitted fitted(Table table) {
        return table.fit(new double[][] {{1, 2}, {1e39, 1e39}}, new double[][] {{1, 2}});
    }

    private static StandaloneClass alone(String precision) {
        Spec spec = SpecReader.read("t.yaml", SPEC.formatted(precision));
        return StandaloneCompiler.compile(
                spec.network(),
                "t.yaml",
                Options.DEFAULT,
                new Request(Target.SCALAR, false),
                new double[3],
                Optional.of(fitted(spec.table().orElseThrow())),
                List.of());
    }

    @Test
    void areRefusedByAClassThatStandsAlone() {
        assertThatThrownBy(() -> alone("float"))
                .isInstanceOf(CompileException.class)
                .hasMessage("network Zero: " + REFUSED);
        assertThat(alone("double").source().text()).contains("ZeroRows.filled(row.z(), 1E+39)");
    }

    @Test
    void areRefusedByAGeneratedClass() {
        Path file = folder.resolve("model.h5");
        UsedTable used = new UsedTable(SPEC.formatted("float"), USED);
        try (TableEngine engine = used.create(1, Target.SCALAR)) {
            Network network = engine.network();
            Fitted fitted = fitted(engine.table());
            Checkpoint.write(file, network, new double[] {1, 2, 3}, fitted);
            engine.initialize();
            double[] before = engine.parametersAsDouble();

            assertThatThrownBy(() -> engine.setFitted(fitted))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(REFUSED);
            assertThatThrownBy(() -> engine.load(file))
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + ": " + REFUSED);
            assertThat(engine.parametersAsDouble()).isEqualTo(before);
        }
    }
}
