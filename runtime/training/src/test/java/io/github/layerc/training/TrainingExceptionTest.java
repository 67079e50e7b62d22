package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingExceptionTest {
    private static final Network NETWORK = Network.builder("p", "Net")
            .input(Input.flat(3))
            .layer(1, Activation.SIGMOID)
            .build();

    /** A class whose initialization runs out of memory. */
    private static final class Large {
        static final long[] VALUES = fail();

        private static long[] fail() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    private static Error use() {
        try {
            return new AssertionError("initialized: " + Large.VALUES.length);
        } catch (OutOfMemoryError | LinkageError e) {
            return e;
        }
    }

    /** What the JVM says, when the class is used for the first time and later. */
    static Stream<LinkageError> errors() {
        assertThat(use()).isInstanceOf(OutOfMemoryError.class);
        return Stream.of(
                (LinkageError) use(),
                new ExceptionInInitializerError(new OutOfMemoryError("Java heap space")),
                new NoClassDefFoundError("Could not initialize class Large: java.lang.OutOfMemoryError"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aClassWithoutMemoryIsTooLittleMemory(LinkageError e) {
        assertThat(TrainingException.outOfMemory(NETWORK, 0, e))
                .hasMessageStartingWith("Net: too little memory: expected room for the data of 3 inputs, 4 parameters")
                .hasCause(e);
    }

    @Test
    void anyOtherErrorOfAClassIsThrown() {
        NoClassDefFoundError error = new NoClassDefFoundError("p/Missing");
        assertThatThrownBy(() -> TrainingException.outOfMemory(NETWORK, 0, error))
                .isSameAs(error);
    }
}
