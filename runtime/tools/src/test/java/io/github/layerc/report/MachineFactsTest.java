package io.github.layerc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFactsTest {
    @TempDir
    private Path folder;

    @Test
    void namesTheProcessorWhereTheSystemTells() throws IOException {
        Path file = Files.write(folder.resolve("cpuinfo"), new byte[] {'\n', (byte) 0xff, '\n'});
        assertThat(MachineFacts.machine(file)).matches("\\d+ processors?, .+");
        Files.writeString(file, "processor\t: 0\nmodel name\t: Some CPU: 3 GHz\nmodel name\t: Other\n");
        assertThat(MachineFacts.machine(file)).matches("Some CPU: 3 GHz, \\d+ processors?, .+");
        assertThat(MachineFacts.machine(folder.resolve("none"))).matches("\\d+ processors?, .+");
    }

    @Test
    void saysWhichJdkItIs() {
        assertThat(MachineFacts.all()).extracting(Fact::name).containsExactly("JDK", "machine");
        assertThat(MachineFacts.line()).matches("JDK \\d+.*; machine .+");
        assertThat(MachineFacts.all().get(0).value())
                .startsWith(Runtime.version().toString());
    }
}
