package io.github.layerc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingSetTest {
    private static final Dataset TRAIN = Dataset.of(new double[6], 3, new double[2], 1);
    private static final Dataset TEST = Dataset.of(new double[3], 3, new double[1], 1);

    @Test
    void tellsTheFactsOfARegression() {
        assertThat(new TrainingSet(TRAIN, TEST, List.of(3), List.of(), false).facts())
                .containsExactly(
                        "number of training samples: 2",
                        "number of test samples: 1",
                        "shape of a sample: (3)",
                        "train_set_x: (2, 3)",
                        "train_set_y: (2, 1)",
                        "test_set_x: (1, 3)",
                        "test_set_y: (1, 1)");
    }

    @Test
    void tellsTheFactsOfPictures() {
        assertThat(new TrainingSet(TRAIN, TEST, List.of(1, 1, 3), List.of("a", "b"), true).facts())
                .contains("size of a picture: (1, 1, 3)", "train_set_x: (2, 1, 1, 3)", "classes: 0 = a, 1 = b");
    }

    @Test
    void refusesPartsThatDoNotBelongTogether() {
        List<String> none = List.of();
        assertThatThrownBy(() -> new TrainingSet(TRAIN, TEST, List.of(4), none, false))
                .hasMessage("samples must have the 4 values of shape [4]: train=3, test=3");
        Dataset two = Dataset.of(new double[3], 3, new double[2], 2);
        assertThatThrownBy(() -> new TrainingSet(TRAIN, two, List.of(3), none, false))
                .hasMessage("samples must have the same number of targets, at least 1: train=1, test=2");
        Dataset unlabelled = Dataset.of(new double[3], 3);
        assertThatThrownBy(() -> new TrainingSet(unlabelled, unlabelled, List.of(3), none, false))
                .hasMessage("samples must have the same number of targets, at least 1: train=0, test=0");
        assertThatThrownBy(() -> new TrainingSet(TRAIN, TEST, List.of(3), List.of("a", "b", "c"), false))
                .hasMessage("samples must have one target for two classes, or 3: targets=1");
        assertThatThrownBy(() -> new TrainingSet(TRAIN, TEST, List.of(3), none, true))
                .hasMessage("pictures must have three axes: shape=[3]");
    }
}
