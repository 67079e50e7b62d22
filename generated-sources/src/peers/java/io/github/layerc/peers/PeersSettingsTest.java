package io.github.layerc.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run by {@code mvn verify -Ppeers -DskipTests=false}, behind the measurement. */
class PeersSettingsTest {

    @Test
    void emptyValuesStandForDefaults() {
        assertThat(PeersSettings.parse("only=", "networks=", "sweep=", "forks=", "seconds="))
                .isEqualTo(PeersSettings.parse());
    }

    @Test
    void namesSizesAndBeginningsChoose() {
        PeersSettings settings = PeersSettings.parse("only=djl,generated", "networks=CatNet4, [16,32,32,1]");

        assertThat(settings.networks()).containsExactly("CatNet4", "[16,32,32,1]");
        assertThat(PeerKind.keywords().stream().filter(settings::wantsEngine))
                .containsExactly("generated-vector", "generated-vector-gram", "generated-scalar", "djl-pytorch");
        assertThat(Tasks.of(settings)).extracting(Task::label).containsOnly("CatNet4", "[16,32,32,1]");
    }

    @Test
    void stepsWithAnotherOptimizerAreOfEnginesThatHaveIt() {
        List<Task> tasks = Tasks.of(PeersSettings.parse("networks=[784,128,64,10]:adam"));

        assertThat(tasks).extracting(Task::batch).containsExactly(32, 256);
        assertThat(tasks)
                .allSatisfy(task -> assertThat(PeerKind.values())
                        .filteredOn(kind -> kind.takes(task))
                        .containsExactly(PeerKind.GENERATED_VECTOR, PeerKind.GENERATED_SCALAR, PeerKind.DJL_PYTORCH));
    }

    /** For ONNX Runtime and for the class there is one file of each network but that one, whose samples are bytes. */
    @Test
    void onlyCatNet4HasAScale() {
        assertThat(Tasks.of(PeersSettings.parse("sweep=true")))
                .filteredOn(task -> !task.networkOfScaledSamples().equals(task.network()))
                .extracting(Task::label)
                .containsOnly("CatNet4");
    }

    @Test
    void unknownNetworkIsRefused() {
        PeersSettings settings = PeersSettings.parse("networks=[1,2]");

        assertThatThrownBy(() -> Tasks.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such network: expected some of CatNet4, [16,32,32,1], ")
                .hasMessageEndingWith(": networks=[1,2]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    forks=0 | forks must be at least 1: forks=0
                    iterations=x | expected a whole number: iterations=x
                    seconds=0 | seconds must be above 0 and at most 3600: seconds=0.0
                    sweep=yes | expected true or false: sweep=yes
                    only=torch | unknown engine: expected some of generated-vector, generated-vector-gram, generated-scalar, onnxruntime, djl-pytorch, dl4j, smile: only=torch
                    """)
    void badValuesAreRefused(String argument, String message) {
        assertThatThrownBy(() -> PeersSettings.parse(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
