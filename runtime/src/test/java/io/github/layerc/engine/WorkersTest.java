package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void runsEveryPartOnce(int threads) {
        try (Workers workers = new Workers("test", threads)) {
            for (int parts = 1; parts <= threads; parts++) {
                AtomicInteger[] runs = new AtomicInteger[parts];
                Arrays.setAll(runs, i -> new AtomicInteger());
                int expected = parts;
                for (int times = 0; times < 200; times++) {
                    workers.run(
                            (part, of) -> {
                                assertThat(of).isEqualTo(expected);
                                runs[part].incrementAndGet();
                            },
                            parts);
                }
                assertThat(runs).allSatisfy(run -> assertThat(run).hasValue(200));
            }
        }
    }

    @Test
    void partsSeeWhatTheCallerWroteAndTheCallerWhatTheyWrote() {
        int[] numbers = new int[2 * 16];
        try (Workers workers = new Workers("test", 2)) {
            for (int i = 1; i <= 20_000; i++) {
                numbers[0] = i;
                int expected = i;
                workers.run(
                        (part, parts) -> numbers[16 * part] = expected + (part == 1 ? numbers[0] - expected : 0), 2);
                assertThat(numbers[16]).isEqualTo(i);
            }
        }
    }

    @Test
    void wakesThreadsThatParked() {
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (Workers workers = new Workers("test", 2)) {
            for (int i = 0; i < 20; i++) {
                names.clear();
                workers.run((part, parts) -> names.add(Thread.currentThread().getName()), 2);
                assertThat(names).hasSize(2).contains("layerc-test-1");
                LockSupport.parkNanos(1_000_000); // long enough for the other thread to give up looking
            }
        }
    }

    @Test
    void idleThreadsUseNoTime() throws InterruptedException {
        Thread[] other = new Thread[1];
        try (Workers workers = new Workers("test", 2)) {
            workers.run(
                    (part, parts) -> {
                        if (part == 1) {
                            other[0] = Thread.currentThread();
                        }
                    },
                    2);
            Thread.sleep(50);
            assertThat(other[0].getState()).isEqualTo(Thread.State.WAITING);
        }
        other[0].join(5_000);
        assertThat(other[0].isAlive()).as("alive after close").isFalse();
    }

    @Test
    void throwsWhatAPartThrew() {
        try (Workers workers = new Workers("test", 2)) {
            for (int failing = 0; failing < 2; failing++) {
                int bad = failing;
                assertThatThrownBy(() -> workers.run(
                                (part, parts) -> {
                                    if (part == bad) {
                                        throw new IllegalArgumentException("part " + part);
                                    }
                                },
                                2))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("part " + failing);
                workers.run((part, parts) -> {}, 2);
            }
        }
    }

    @Test
    void refusesWorkAfterItWasClosed() {
        Workers workers = new Workers("test", 2);
        workers.close();
        workers.close();
        assertThatThrownBy(() -> workers.run((part, parts) -> {}, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("test: its workers were closed");
    }

    @Test
    void splitsARangeWithoutGaps() {
        for (int size : new int[] {0, 1, 15, 16, 17, 209, 1000}) {
            for (int parts = 1; parts <= 5; parts++) {
                assertThat(Workers.split(size, 0, parts, 16)).isZero();
                assertThat(Workers.split(size, parts, parts, 16)).isEqualTo(size);
                for (int part = 0; part < parts; part++) {
                    int from = Workers.split(size, part, parts, 16);
                    assertThat(from).isLessThanOrEqualTo(Workers.split(size, part + 1, parts, 16));
                    assertThat(from % 16 == 0 || from == size).isTrue();
                }
            }
        }
    }

    @Test
    void usesOneThreadWhereMoreWouldLose() {
        try (Workers workers = new Workers("test", 4)) {
            assertThat(workers.parts(0)).isEqualTo(1);
            assertThat(workers.parts(3_999_999)).isEqualTo(1);
            assertThat(workers.parts(4_000_000)).isEqualTo(2);
            assertThat(workers.parts(1_000_000_000_000L)).isEqualTo(4);
        }
    }
}
