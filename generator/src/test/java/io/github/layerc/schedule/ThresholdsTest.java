package io.github.layerc.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.schedule.Schedule.Lanes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
    private static final Thresholds USUAL = Thresholds.USUAL;

    @Test
    void sumsOfOneSampleGoInAsManyPartsAsHideTheirLatency() {
        assertThat(USUAL.parts(15, 1)).isEqualTo(1);
        assertThat(USUAL.parts(16, 1)).isEqualTo(4);
        assertThat(USUAL.parts(16, 4)).isEqualTo(2);
        assertThat(USUAL.parts(16, 8)).isEqualTo(1);
        assertThat(USUAL.parts(64, 8)).isEqualTo(2);
    }

    @Test
    void tilesOfFewerSamplesAreWider() {
        Schedule tile = Schedule.tile(Lanes.COLUMNS, 4, 3, 0);
        assertThat(USUAL.vectors(tile, 2, 1000)).isEqualTo(4);
        assertThat(USUAL.vectors(tile, 1, 1000)).isEqualTo(8);
        assertThat(USUAL.vectors(tile, 1, 9)).isEqualTo(2);
        assertThat(USUAL.vectors(Schedule.tile(Lanes.COLUMNS, 2, 1, 0), 1, 1000))
                .isEqualTo(8);
    }

    @Test
    void gradientsOfOneSampleTakeAsManyVectorsAsThereAre() {
        assertThat(USUAL.gradientVectors(0)).isEqualTo(8);
        assertThat(USUAL.gradientVectors(1)).isEqualTo(1);
        assertThat(USUAL.gradientVectors(17)).isEqualTo(4);
        assertThat(USUAL.gradientVectors(1000)).isEqualTo(8);
    }

    @Test
    void haveNamesInTheirOrder() {
        int number = 0;
        for (String name : USUAL.byName().keySet()) {
            number++;
            Thresholds other = USUAL.with(name, 1 << number);
            assertThat(other.byName().get(name)).as(name).isEqualTo(1 << number);
            assertThat(other.with(name, USUAL.byName().get(name))).as(name).isEqualTo(USUAL);
        }
        assertThat(USUAL.byName().keySet())
                .allSatisfy(name -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> USUAL.with(name, 0))
                        .withMessageEndingWith(": " + name + "=0"));
        assertThat(number).isEqualTo(Thresholds.class.getRecordComponents().length);
    }

    @Test
    void areReadAsTheyAreWritten() {
        assertThat(ThresholdsText.of(USUAL)).isEmpty();
        Thresholds others = USUAL.with("fewUnits", 8).with("mostParts", 2);
        assertThat(ThresholdsText.of(others)).isEqualTo("mostParts=2 fewUnits=8");
        assertThat(ThresholdsText.parse(List.of("fewUnits=8", "mostParts=2"))).isEqualTo(others);
    }
}
