package io.github.layerc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplePicturesTest {
    private static final SamplePictures COLOUR =
            SamplePictures.of(List.of(1, 2, 3)).orElseThrow();
    private static final SamplePictures GREY =
            SamplePictures.of(List.of(2, 1, 1)).orElseThrow();

    @Test
    void areRowsOfPixelsOfChannels() {
        assertThat(COLOUR.of(new double[] {1, 2, 3, 255, 0, 16}).rgb()).containsExactly(0x010203, 0xff0010);
        assertThat(GREY.of(new double[] {7, 255}).rgb()).containsExactly(0x070707, 0xffffff);
    }

    @Test
    void showWeightsAroundGrey() {
        assertThat(GREY.ofWeights(new double[] {-0.5, 0.5}, 0.5).rgb()).containsExactly(0x000000, 0xffffff);
        assertThat(GREY.ofWeights(new double[2], 0).rgb()).containsOnly(0x808080);
    }

    @Test
    void showHeatOverADarkPicture() {
        assertThat(GREY.ofHeat(new double[] {100, 100}, new double[] {1, 3}, 1, 3)
                        .rgb())
                .containsExactly(0x232323, 0xffffff);
        assertThat(GREY.ofHeat(new double[] {100, 100}, new double[] {2, 2}, 2, 2)
                        .rgb())
                .containsOnly(0x232323);
    }

    @Test
    void takeTheMeanSizeOfAGradientOverChannelsAndNeighbours() {
        assertThat(COLOUR.areas(new double[] {3, -3, 0, 0, 0, -6})).containsExactly(2, 2);
        SamplePictures large = SamplePictures.of(List.of(32, 64, 1)).orElseThrow();
        double[] gradient = new double[32 * 64];
        gradient[0] = 9;
        double[] areas = large.areas(gradient);
        // three by three of the corner's five by five lie within the picture
        assertThat(areas[0]).isCloseTo(1, within(1e-15));
        assertThat(areas[2 * 64 + 2]).isCloseTo(9 / 25.0, within(1e-15));
        assertThat(areas[3 * 64]).isZero();
        assertThat(Arrays.stream(areas).filter(area -> area > 0)).hasSize(9);
    }

    @Test
    void areOfShapesThatAnEyeKnows() {
        assertThat(SamplePictures.of(List.of(4, 4, 2))).isEmpty();
        assertThat(SamplePictures.of(List.of(16))).isEmpty();
    }
}
