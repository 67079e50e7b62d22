package io.github.layerc.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMachineTest {
    @TempDir
    Path folder;

    @Test
    void readsTheCachesThatLinuxReports() throws IOException {
        cache("index0", "1", "Data", "48K");
        cache("index1", "1", "Instruction", "64K");
        cache("index2", "2", "Unified", "2M");
        assertThat(HostMachine.cacheBytes(folder, "1", 1)).isEqualTo(48 << 10);
        assertThat(HostMachine.cacheBytes(folder, "2", 1)).isEqualTo(2 << 20);
        assertThat(HostMachine.cacheBytes(folder, "3", 7)).isEqualTo(7);
        assertThat(HostMachine.cacheBytes(folder.resolve("nowhere"), "1", 7)).isEqualTo(7);
    }

    private void cache(String name, String level, String type, String size) throws IOException {
        Path cache = Files.createDirectories(folder.resolve(name));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("type"), type + "\n");
        Files.writeString(cache.resolve("size"), size + "\n");
    }

    @Test
    void isAMachineWithItsNumbersInTheTitle() {
        Machine host = Machine.of("host");
        assertThat(host.lanes(Precision.DOUBLE)).isGreaterThanOrEqualTo(2);
        assertThat(host.vectorRegisters()).isIn(16, 32);
        assertThat(host.title()).isEqualTo("{@code host} (" + host.numbers() + ")");
        assertThat(Machine.AVX512.title()).isEqualTo("{@code avx512}");
        assertThat(Machine.AVX512.numbers()).isEqualTo("32 vector registers of 64 bytes, L1 32 KiB, L2 1024 KiB");
    }
}
