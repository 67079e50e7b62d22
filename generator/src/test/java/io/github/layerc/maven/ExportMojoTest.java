package io.github.layerc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.exchange.ExportFormat;
import io.github.layerc.network.Network;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.table.Fitted;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal as Maven runs it, its fields set here. */
class ExportMojoTest {
    /** Of an editor, which has nothing to show. */
    private static final BuildContext EDITOR = (BuildContext) Proxy.newProxyInstance(
            BuildContext.class.getClassLoader(), new Class<?>[] {BuildContext.class}, (proxy, method, values) -> null);

    private final Map<String, Object> fields = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void makeProject() throws IOException {
        Path specs = Files.createDirectories(folder.resolve("networks"));
        spec(specs, "xor", "network: Xor\npackage: it\ninput: {shape: [2]}\nlayer_dims: [2, 4, 1]\n");
        spec(specs, "wide", "network: Wide\ninput: {shape: [300]}\nlayer_dims: [300, 10, 1]\n");
        spec(
                specs,
                "clipped",
                "network: Clipped\ninput: {shape: [2]}\nlayer_dims: [2, 4, 1]\ntraining: {clip: norm}\n");
        spec(specs, "people", """
                network: People
                input:
                  columns:
                  - {name: age}
                output: {label: plan, classes: [basic, gold]}
                layers:
                - {units: 1, activation: sigmoid}
                loss: binary_cross_entropy
                """);
        fields.put("sourceDirectory", specs.toFile());
        fields.put("buildDirectory", folder.resolve("target").toFile());
        fields.put("plugin", new PluginDescriptor());
        fields.put("project", new MavenProject());
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setBaseDirectory(folder.toFile());
        fields.put("session", session(request));
        fields.put("target", "scalar");
        fields.put("entries", "predict");
        fields.put("machine", "generic");
        fields.put("tuned", "true");
        fields.put("skip", "false");
        fields.put("to", "java");
        fields.put("network", "Xor");
    }

    @SuppressWarnings("deprecation")
    private static MavenSession session(DefaultMavenExecutionRequest request) {
        return new MavenSession(null, request, null, new MavenProject());
    }

    private static void spec(Path specs, String name, String text) throws IOException {
        Files.writeString(specs.resolve(name + ".yaml"), text);
    }

    private void train(String name) throws Exception {
        Network network =
                SpecReader.read(folder.resolve("networks/" + name + ".yaml")).network();
        Path results = Files.createDirectories(folder.resolve("target/layerc").resolve(network.name()));
        Checkpoint.write(
                results.resolve("model.h5"), network, network.initializer().draw(network));
    }

    private void trainPeople() throws Exception {
        Spec spec = SpecReader.read(folder.resolve("networks/people.yaml"));
        Path results = Files.createDirectories(folder.resolve("target/layerc/People"));
        Fitted fitted = spec.table().orElseThrow().fit(new double[][] {{20, 40}}, new double[0][]);
        Checkpoint.write(
                results.resolve("model.h5"),
                spec.network(),
                spec.network().initializer().draw(spec.network()),
                fitted);
    }

    private void export() throws Exception {
        ExportMojo mojo = new ExportMojo(EDITOR);
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence line) {
                warnings.add(line.toString());
            }
        });
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            Field declared = declared(ExportMojo.class, field.getKey());
            declared.setAccessible(true);
            declared.set(mojo, field.getValue());
        }
        mojo.execute();
    }

    /** As Maven looks for it: in the class, then in those above. */
    private static Field declared(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseGet(() -> declared(type.getSuperclass(), name));
    }

    private void refuses(String field, String value, String message) {
        Object before = fields.put(field, value);
        assertThatThrownBy(this::export)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(message);
        fields.put(field, before);
    }

    @Test
    void writesAClassAndItsResource() throws Exception {
        train("xor");
        train("wide");
        export();
        Path exported = folder.resolve("target/layerc/Xor/export");
        assertThat(exported).isDirectoryContaining("glob:**.java");
        assertThat(exported.resolve("Xor.java"))
                .content()
                .contains("package it;", "{@code xor.yaml}, SHA-256", "{@code model.h5}, SHA-256")
                .doesNotContain("io.github.layerc");
        assertThat(exported.resolve("Xor.parameters")).doesNotExist();

        fields.put("network", "Wide");
        fields.put("output", "sent/out");
        fields.put("target", "vector");
        fields.put("entries", "train");
        fields.put("model", "target/layerc/Wide/model.h5");
        export();
        assertThat(folder.resolve("sent/out/Wide.java"))
                .content()
                .contains("jdk.incubator.vector", "public double step(");
        assertThat(folder.resolve("sent/out/Wide.parameters")).hasSize(4 * (300 * 10 + 10 + 10 + 1));
    }

    @Test
    void writesTheSameBytesAgain() throws Exception {
        train("wide");
        fields.put("network", "Wide");
        export();
        Path exported = folder.resolve("target/layerc/Wide/export/Wide.java");
        String first = Files.readString(exported);
        export();
        assertThat(exported).hasContent(first);
    }

    @Test
    void writesNamedColumnsOrSaysThatTheyAreNotThere() throws Exception {
        trainPeople();
        fields.put("network", "People");
        for (ExportFormat format : ExportFormat.ALL) {
            warnings.clear();
            fields.put("to", format.keyword());
            export();

            assertThat(folder.resolve("target/layerc/People/export/People" + format.ending()))
                    .isNotEmptyFile();
            if (List.of("onnx", "dot").contains(format.keyword())) {
                assertThat(warnings).isEmpty();
            } else {
                assertThat(warnings)
                        .containsExactly(
                                "network People: a file for " + format.keyword()
                                        + " takes the inputs of the network: what becomes of named columns before is not in it");
            }
        }
    }

    @Test
    void writesAClassForRows() throws Exception {
        trainPeople();
        fields.put("network", "People");
        export();

        assertThat(folder.resolve("target/layerc/People/export/People.java"))
                .content()
                .contains("People net = People.create();", "public Label classify(Row row) {")
                .doesNotContain("io.github.layerc", "predict(samples");
    }

    @Test
    void doesNothingWhenSkipped() throws Exception {
        fields.put("skip", "true");
        export();
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void refusesInOneLine() throws Exception {
        refuses("to", null, "one of java, " + ExportFormat.keywords() + " must be given: -Dlayerc.to=...");
        refuses("to", "cobol", "expected one of java, " + ExportFormat.keywords() + ": layerc.to=cobol");
        refuses("network", null, "a network must be given: -Dlayerc.network=...");
        refuses(
                "network",
                "Nobody",
                "unknown network: expected one of Clipped, People, Wide, Xor: layerc.network=Nobody");
        refuses("target", "gpu", "expected one of scalar, vector: layerc.target=gpu");
        refuses("entries", "all", "expected one of predict, train: layerc.entries=all");
        refuses("tuned", "no", "expected one of true, false: layerc.tuned=no");
        Path missing = folder.resolve("none.h5");
        refuses("model", "none.h5", missing + ": no such file: expected an HDF5 file: found nothing");
        train("xor");
        train("wide");
        train("people");
        train("clipped");
        Path other = folder.resolve("target/layerc/Wide/model.h5");
        refuses("model", other.toString(), other + ": W1: wrong shape: expected (4, 2): found (10, 300)");
        fields.put("network", "People");
        Path people = folder.resolve("target/layerc/People/model.h5");
        refuses("to", "onnx", people + ": model of another network: expected one with columns of a table: found none");
        trainPeople();
        refuses(
                "entries",
                "train",
                "network People: a class that stands alone cannot train with this, only predict: columns=1");
        fields.put("network", "Clipped");
        refuses(
                "entries",
                "train",
                "network Clipped: a class that stands alone cannot train with this, only predict: clip=norm");
        fields.put("output", "networks/xor.yaml");
        refuses(
                "to",
                "java",
                folder.resolve("networks/xor.yaml") + ": not a folder: expected a folder for results: found a file at "
                        + folder.resolve("networks/xor.yaml"));
    }
}
