package io.github.layerc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallHeapTest {

    /** As floats the samples alone would take 188 MB. */
    @Test
    void picturesStayBytes() throws Exception {
        ChildJvm child = ChildJvm.run(List.of("-Xmx80m"), SmallHeap.class);

        assertThat(child.exit()).as(child.output()).isZero();
        assertThat(child.output()).contains("cost ");
    }
}
