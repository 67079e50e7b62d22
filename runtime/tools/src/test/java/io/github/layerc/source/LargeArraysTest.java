package io.github.layerc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.ChildJvm;
import io.github.layerc.array.ArrayFixture;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many pictures as MNIST has, 47 MB, in a heap that has no room for them twice. */
final class LargeArraysTest {
    private static final int COUNT = 60_000;

    @TempDir
    private Path folder;

    @Test
    void readsPicturesOnce() throws Exception {
        write("plain", bytes -> bytes);
        write("packed", ArrayFixture::gzip);
        for (String place : List.of("plain", "packed")) {
            ChildJvm child = ChildJvm.run(
                    List.of("-Xmx80m", "-XX:+UseSerialGC"),
                    Read.class,
                    folder.resolve(place).toString());
            assertThat(child.output().lines()).containsExactly(COUNT + " pictures, the last pixel 7");
            assertThat(child.exit()).isZero();
        }
    }

    private void write(String place, UnaryOperator<byte[]> pack) {
        ByteBuffer images = ByteBuffer.allocate(16 + COUNT * 784);
        images.put(new byte[] {0, 0, 8, 3}).putInt(COUNT).putInt(28).putInt(28);
        images.put(images.capacity() - 1, (byte) 7);
        int[] labels = new int[COUNT];
        for (int s = 0; s < COUNT; s++) {
            labels[s] = s % 10;
        }
        Path there = folder.resolve(place);
        ArrayFixture.write(there.resolve("train-images-idx3-ubyte"), pack.apply(images.array()));
        ArrayFixture.write(
                there.resolve("train-labels-idx1-ubyte"), pack.apply(ArrayFixture.idx(new int[] {COUNT}, labels)));
        ArrayFixture.write(
                there.resolve("t10k-images-idx3-ubyte"), ArrayFixture.idx(new int[] {1, 28, 28}, new int[784]));
        ArrayFixture.write(there.resolve("t10k-labels-idx1-ubyte"), ArrayFixture.idx(new int[] {1}, 3));
    }

    /** Prints what it has read. */
    public static final class Read {
        private Read() {}

        public static void main(String[] arguments) {
            Network network = Network.builder("", "Net")
                    .input(new Input(List.of(28, 28), new Scale(1, 255)))
                    .layer(10, Activation.SOFTMAX)
                    .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                    .build();
            TrainingSet set = DataSources.find(Path.of(arguments[0])).read(network, line -> {});
            int last = set.train().count() - 1;
            System.out.println(set.train().count() + " pictures, the last pixel "
                    + (int) set.train().sample(last, 783));
        }
    }
}
