package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.emit.KernelSummary;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Lowering;
import io.github.layerc.program.Program;
import io.github.layerc.schedule.Machine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompileReportTest {
    private static final Network CATS = Network.builder("some.place", "Cats")
            .input(new Input(List.of(64, 64, 3), new Scale(1, 255)))
            .layer(20, Activation.RELU)
            .layer(7, Activation.TANH)
            .layer(1, Activation.SIGMOID)
            .build();

    /** How it looks, with sizes of its own making: no change in emitted code changes this text. */
    @Test
    void textForAPerson() {
        Network network = Network.builder("p", "Net")
                .input(Input.flat(1200))
                .layer(3, Activation.SIGMOID)
                .build();
        KernelSummary forward = new KernelSummary(
                "forward1",
                "z1 = x W1^T + b1",
                "samples",
                "3",
                "1,200",
                7200,
                "mr 4 samples",
                List.of("forward1", "t"));
        KernelSummary sigmoid =
                new KernelSummary("sigmoid1", "a1 = sigmoid(z1)", "samples", "3", "", 0, "", List.of("sigmoid1"));
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("<init>", 9000);
        sizes.putAll(Map.of("predict", 100, "cost", 110, "gradients", 120, "step", 130, "stepPart1", 3500));
        sizes.put("forward1", 40);
        sizes.put("t", 1000);
        sizes.put("sigmoid1", 90);
        List<Program> lowered = Arrays.stream(Entry.values())
                .map(entry -> Lowering.lower(network, entry))
                .toList();
        Compilation compilation = new Compilation(
                network,
                "net.yaml",
                Machine.GENERIC,
                lowered.stream()
                        .map(program -> Passes.run(program, Passes.all(network, lowered)))
                        .toList(),
                List.of(new SourceFile("p/Net.java", "0123456789"), new SourceFile("p/NetScalar.java", "01234")),
                List.of(
                        new CompiledClass("Net", 300, Map.of("create", 70), List.of()),
                        new CompiledClass("Net$NetChoice", 20, Map.of("<init>", 5), List.of()),
                        new CompiledClass("NetScalar", 6553, sizes, List.of(forward, sigmoid))),
                Map.of());
        assertThat(new CompileReport(compilation).text()).isEqualTo("""
                network p.Net, compiled from net.yaml for machine generic

                layer   units  fan-in  activation  parameters  weights at     bias at  kFLOP/sample
                  1       3   1,200  sigmoid          3,603           0       3,600         7.200
                loss binary_cross_entropy; float; 3,603 parameters; one training step of 256 samples: 3686.4 kFLOP

                what each pass saves in a training step
                pass                         FLOP/sample  traffic/sample  workspace/sample  traffic/step
                drop-input-gradient               -7,200        -4.7 KiB          -4.7 KiB     -14.1 KiB
                fuse-loss-gradient                             -36 bytes         -12 bytes
                fuse-bias-activation                           -24 bytes
                fuse-update                                                                    -28.1 KiB

                m, n, k       the result has shape [m][n], each element is a sum of k terms; samples: as many as a call brings
                FLOP/sample   multiply-adds of products, counted as two; element-wise work is not counted
                largest, all  bytes of bytecode: of the largest method of a kernel or an entry point, of all its methods

                NetScalar  formula                 m  n      k  FLOP/sample  largest    all
                forward1   z1 = x W1^T + b1  samples  3  1,200        7,200    1,000  1,040
                           mr 4 samples
                sigmoid1   a1 = sigmoid(z1)  samples  3                           90     90

                predict    3 operations                               7,200      100    100
                cost       2 operations                               7,200      110    110
                gradients  6 operations                              14,400      120    120
                step       6 operations                              14,400    3,500  3,630

                class          characters  methods  largest method  bytes  of 7,000  all bytes  constants  of 65,535
                Net                    10        1  create             70     1.0 %         70        300      0.5 %
                Net$NetChoice                    1                                           5         20      0.0 %
                NetScalar               5        9  stepPart1       3,500    50.0 %     14,090      6,553     10.0 %
                all                    15       11                                      14,165
                """);
    }

    @Test
    void sameNetworkGivesTheSameText() {
        assertThat(report(CATS)).isEqualTo(report(CATS));
    }

    @Test
    void linesFitAScreen() {
        assertThat(report(CATS).lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(120).isEqualTo(line.stripTrailing()));
    }

    /** The table of layers and passes is the one that stands in the documentation. */
    @Test
    void networkIsShownAsInTheDocumentation() {
        Compilation compilation = Compiler.compile(CATS, "cats.yaml", Options.DEFAULT);
        String documented = compilation.files().get(0).text().replaceAll("(?m)^ \\* ?", "");
        String text = new CompileReport(compilation).text();
        int from = text.indexOf("layer ");
        assertThat(documented).contains(text.substring(from, text.indexOf("\nm, n, k")));
    }

    @Test
    void kernelsHaveTheirShapesWorkAndMeasuredSizes() {
        Compilation compilation = Compiler.compile(CATS, "cats.yaml", Options.DEFAULT);
        Map<String, Integer> bytes = compilation.methodBytes();
        String text = new CompileReport(compilation).text();
        int sigmoid = bytes.get("CatsScalar.sigmoid3");
        assertThat(text)
                .contains("\nCatsScalar ", "\nCatsVector ")
                .containsPattern(
                        "\nforward1 +a1 = relu\\(inputScale \\* x W1\\^T \\+ b1\\) +samples +20 +12,288 +491,520 ")
                .containsPattern("\ndelta1 +dz1 = dz2 W2 \\* relu'\\(a1\\) +samples +20 +7 +280 ")
                .containsPattern("\naddWeightGradient2 +dW2 \\+= weight \\* dz2\\^T a1 +7 +20 +samples +280 ")
                .containsPattern("\naddBiasGradient2 +db2 \\+= weight \\* sum of dz2 +1 +7 +samples +[0-9]")
                .containsPattern("\nlosses +losses = binary_cross_entropy\\(z3, y\\) +samples +1 +[0-9]")
                .containsPattern("\nsigmoid3 +a3 = sigmoid\\(z3\\) +samples +1 +" + sigmoid + " +" + sigmoid + "\n");
    }

    /** Every method is that of a kernel or of an entry point, a few aside that are named here: none is forgotten. */
    @Test
    void kernelsAndEntryPointsAreAllThereIs() {
        Compilation compilation = Compiler.compile(CATS, "cats.yaml", Options.DEFAULT);
        for (CompiledClass type : compilation.classes()) {
            if (type.kernels().isEmpty()) {
                continue;
            }
            Set<String> left = new HashSet<>(type.methodBytes().keySet());
            type.kernels().forEach(kernel -> left.removeAll(kernel.methods()));
            for (Entry entry : Entry.values()) {
                boolean optional = entry == Entry.BOUND_STEP || entry.gram();
                assertThat(left.remove(entry.method()) || optional)
                        .as(entry.method())
                        .isTrue();
                left.remove(entry.method() + "Block");
            }
            assertThat(Set.of(
                            "<init>",
                            "<clinit>",
                            "parameters",
                            "pack",
                            "unpack",
                            "capacity",
                            "panelWidth",
                            "schedule",
                            "gram",
                            "reluDerivative",
                            "addRows1",
                            "addRows2",
                            "addRows3",
                            "addRows4",
                            "places",
                            "weightRows",
                            "sumOfLanes"))
                    .containsAll(left);
        }
    }

    private static String report(Network network) {
        return new CompileReport(Compiler.compile(network, "cats.yaml", Options.DEFAULT)).text();
    }

    /** A pass that reads something more to compute less adds to a column. */
    @Test
    void whatAPassAddsHasOneSign() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(10, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
        String vector = new Generated(network).compilation().files().get(2).text();
        assertThat(vector).containsPattern("reuse-softmax +\\+40 bytes").doesNotContain("--");
    }
}
