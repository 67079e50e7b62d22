package io.github.layerc.samples;

import static io.github.layerc.samples.SampleNetwork.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.array.ArrayFixture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpzSamplesTest {
    private static final byte[] TWO = ArrayFixture.npy("<f8", "(1, 2)", 1, 2);

    @TempDir
    private Path folder;

    @Test
    void readsTheOnlyArrayWithTheShapeOfSamples() {
        byte[] objects = ArrayFixture.npy(1, ArrayFixture.header("|O", false, "(1, 2)"), new byte[9]);
        byte[] labels = ArrayFixture.npy("<i8", "(1,)", 7);
        assertThat(SampleNetwork.values(read(Map.of("x", TWO, "y", labels, "o", objects), "")))
                .containsExactly(1, 2);
    }

    @Test
    void readsTheArrayThatIsNamed() {
        byte[] other = ArrayFixture.npy("<f8", "(1, 2)", 3, 4);
        assertThat(SampleNetwork.values(read(Map.of("x_train", TWO, "x_test", other), "x_test")))
                .containsExactly(3, 4);
        assertThatThrownBy(() -> read(Map.of("x_train", TWO, "x_test", other), ""))
                .hasMessage(file() + ": several arrays of samples: expected one, or layerc.dataset to name it:"
                        + " found x_test, x_train");
        assertThatThrownBy(() -> read(Map.of("x", TWO), "z"))
                .hasMessage(file() + ": missing array: expected z: found [x]");
    }

    @Test
    void namesWhatThereIsInstead() {
        assertThatThrownBy(() -> read(Map.of("x", ArrayFixture.npy("<f8", "(1, 3)", 1, 2, 3)), ""))
                .hasMessage(file() + ": no samples for network Net: expected an array of shape (samples, 2):"
                        + " found x [1, 3]");
        assertThatThrownBy(() -> read(Map.of(), ""))
                .hasMessage(file() + ": no samples for network Net: expected an array of shape (samples, 2):"
                        + " found no arrays");
    }

    private Path file() {
        return folder.resolve("a.npz");
    }

    private Samples read(Map<String, byte[]> arrays, String name) {
        ArrayFixture.write(file(), ArrayFixture.npz(true, arrays));
        return new NpzSamples(file(), Optional.of(name).filter(each -> !each.isEmpty())).read(classes(1, 2));
    }
}
