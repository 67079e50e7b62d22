package io.github.layerc.engine.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import org.junit.jupiter.api.Test;

class FormChoiceTest {
    private static final long GIGABYTE = 1_000_000_000;
    private static final Network CATS = Network.builder("", "Cats")
            .input(Input.flat(12288))
            .layer(20, Activation.RELU)
            .layer(1, Activation.SIGMOID)
            .build();
    private static final TrainingSettings AUTO = TrainingSettings.DEFAULT.withIterations(2500);

    private static FormChoice choose(TrainingSettings settings, int samples, boolean possible, long heap) {
        return FormChoice.of(CATS, settings, samples, false, possible, heap);
    }

    @Test
    void takesTheFormWithLessWork() {
        assertThat(choose(AUTO, 209, true, GIGABYTE))
                .isEqualTo(
                        new FormChoice(
                                Form.GRAM,
                                "2500 steps with 209 samples of 12288 inputs take 7.3 GFLOP in layer 1, in direct form 513.6 GFLOP"));
        assertThat(choose(AUTO, 30_000, true, 100 * GIGABYTE).form()).isEqualTo(Form.DIRECT);
    }

    @Test
    void fewStepsAreNotWorthTheSetUp() {
        assertThat(choose(AUTO.withIterations(3), 209, true, GIGABYTE))
                .isEqualTo(
                        new FormChoice(
                                Form.DIRECT,
                                "3 steps with 209 samples of 12288 inputs take 616.4 MFLOP in layer 1, in gram form 3.0 GFLOP"));
    }

    @Test
    void smallBatchesNeedMoreSteps() {
        TrainingSettings batches = AUTO.withBatch(8).withIterations(2000);
        assertThat(choose(batches, 209, true, GIGABYTE).form()).isEqualTo(Form.GRAM);
        assertThat(choose(batches.withIterations(200), 209, true, GIGABYTE).form())
                .isEqualTo(Form.DIRECT);
    }

    @Test
    void takesWhatIsAskedFor() {
        assertThat(choose(AUTO.withForm(Form.DIRECT), 209, true, GIGABYTE))
                .isEqualTo(new FormChoice(Form.DIRECT, "asked for"));
        assertThat(choose(AUTO.withForm(Form.GRAM), 30_000, true, 100 * GIGABYTE))
                .isEqualTo(new FormChoice(Form.GRAM, "asked for"));
    }

    @Test
    void needsTheMemory() {
        String sizes =
                "products of all pairs of 20000 samples and what belongs to them take 3261 MB, the heap has 1000 MB";
        assertThat(choose(AUTO.withIterations(100_000), 20_000, true, GIGABYTE))
                .isEqualTo(new FormChoice(Form.DIRECT, sizes));
        assertThatThrownBy(() -> choose(AUTO.withForm(Form.GRAM), 20_000, true, GIGABYTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network Cats: form gram is not possible: " + sizes);
    }

    /** 25 vectors of 209 x 20 coefficients and as many pre-activations. */
    @Test
    void pairsNeedMemoryToo() {
        double more = FormChoice.bytes(CATS, AUTO.withOptimizer(Optimizer.LBFGS), 209, false)
                - FormChoice.bytes(CATS, AUTO.withOptimizer(Optimizer.MOMENTUM), 209, false);
        int units = CATS.layers().get(0).units();
        assertThat(more).isEqualTo(8.0 * 24 * 2 * units * 209);
    }

    @Test
    void needsAnArray() {
        assertThatThrownBy(() -> choose(AUTO.withForm(Form.GRAM), 46_400, true, Long.MAX_VALUE))
                .hasMessage("network Cats: form gram is not possible: "
                        + "products of all pairs of samples do not fit an array: samples=46400");
        assertThatThrownBy(() -> choose(AUTO.withForm(Form.GRAM), 100_000_000, true, Long.MAX_VALUE))
                .hasMessage(
                        "network Cats: form gram is not possible: pre-activations of layer 1 and coefficients do not fit an array: samples=100000000");
    }

    @Test
    void needsKernels() {
        assertThat(choose(AUTO, 209, false, GIGABYTE))
                .isEqualTo(new FormChoice(
                        Form.DIRECT,
                        "its class has no kernels for it, which form gram in the spec makes: inputs=12288"));
    }

    /** Adam does not add up gradients; a clipped step needs the norm of those of the first weights, which are never made. */
    @Test
    void needsLinearUpdates() {
        assertThat(choose(AUTO.withOptimizer(Optimizer.ADAM), 209, true, GIGABYTE))
                .isEqualTo(new FormChoice(Form.DIRECT, "its optimizer is not linear: optimizer=adam"));
        assertThat(choose(AUTO.withClip(Clip.GLOBAL_NORM), 209, true, GIGABYTE))
                .isEqualTo(new FormChoice(
                        Form.DIRECT, "its gradients are clipped, which needs those of all weights: clip=global_norm"));
        assertThat(choose(AUTO.withAveraging(0.5), 209, true, GIGABYTE))
                .isEqualTo(new FormChoice(
                        Form.DIRECT,
                        "its parameters are averaged after every step, which needs all weights: averaging=0.5"));
        assertThat(choose(AUTO.withL1(0.5), 209, true, GIGABYTE))
                .isEqualTo(new FormChoice(
                        Form.DIRECT, "the l1 of its first layer looks at the sign of each weight: l1=0.5"));
        assertThatThrownBy(() -> choose(AUTO.withL1(0.5).withForm(Form.GRAM), 209, true, GIGABYTE))
                .hasMessage("network Cats: form gram is not possible: "
                        + "the l1 of its first layer looks at the sign of each weight: l1=0.5");
    }
}
