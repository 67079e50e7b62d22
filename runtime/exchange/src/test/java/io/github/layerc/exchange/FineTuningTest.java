package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A classifier of PyTorch that is trained further here takes the steps that it takes there; {@code make-models.py} did that. */
final class FineTuningTest {
    private static final Path MODELS = Path.of("src/test/resources/models");
    private static final int BATCH = 25;

    @Test
    void takesTheStepsOfPyTorch() throws IOException {
        JsonObject there = JsonParser.parseString(Files.readString(MODELS.resolve("finetuning.json")))
                .getAsJsonObject();
        double[] rows = numbers(there.getAsJsonArray("rows"));
        double[] losses = numbers(there.getAsJsonArray("losses"));
        double[] expected = numbers(there.getAsJsonArray("parameters"));
        int[] labels = IntStream.range(0, there.getAsJsonArray("labels").size())
                .map(i -> there.getAsJsonArray("labels").get(i).getAsInt())
                .toArray();
        // the file ends in logits, of which PyTorch's loss takes the softmax
        ImportedModel model = new ModelImport("", "Tuned", Optional.of(Activation.SOFTMAX))
                .read(MODELS.resolve("pt_double_logits.onnx"));
        assertThat(model.network().loss()).isEqualTo(Loss.CATEGORICAL_CROSS_ENTROPY);

        try (DoubleEngine engine = Interpreter.createDouble(model.network(), BATCH)) {
            engine.setParameters(model.parameters());
            Dataset data = Dataset.of(
                    rows, model.network().inputs(), labels, model.network().outputs());
            int[] order = IntStream.range(0, data.count()).toArray();
            try (Training training =
                    engine.train(data, model.network().training().withOptimizer(Optimizer.ADAM))) {
                for (int step = 0; step < losses.length; step++) {
                    int from = step * BATCH % order.length;
                    double cost = training.step(order, from, from + BATCH, 0.01);
                    assertThat(cost).as("step %d", step).isCloseTo(losses[step], within(1e-10));
                }
            }
            double[] found = engine.parametersAsDouble();
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).as("parameter %d", i).isCloseTo(expected[i], within(1e-10));
            }
        }
    }

    private static double[] numbers(JsonArray numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToDouble(each -> each.getAsDouble())
                .toArray();
    }
}
