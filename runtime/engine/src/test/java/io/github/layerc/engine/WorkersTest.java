package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

    /** What one run leaves behind must not come out of the next one, which is healthy. */
    @Test
    void failuresOfARunEndWithIt() {
        try (Workers workers = new Workers("test", 4)) {
            for (int turn = 0; turn < 3; turn++) {
                assertThatThrownBy(() -> workers.run(
                                (part, parts) -> {
                                    throw new IllegalArgumentException("part " + part);
                                },
                                4))
                        .hasMessage("part 0")
                        .satisfies(e -> assertThat(e.getSuppressed())
                                .extracting(Throwable::getMessage)
                                .containsExactly("part 1", "part 2", "part 3"));
                AtomicInteger parts = new AtomicInteger();
                workers.run((part, of) -> parts.incrementAndGet(), 4);
                assertThat(parts).hasValue(4);
            }
        }
    }

    /** The compiler lets no task throw them, but a task in another language, or one that hides them, can. */
    @Test
    void checkedExceptionsOfPartsAreNotLost() {
        try (Workers workers = new Workers("test", 2)) {
            assertThatThrownBy(() -> workers.run(
                            (part, parts) -> {
                                if (part == 1) {
                                    WorkersTest.<RuntimeException>hide(new IOException("disk"));
                                }
                            },
                            2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("test: a part failed: java.io.IOException: disk")
                    .hasRootCauseMessage("disk");
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void hide(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void refusesMorePartsThanThreads() {
        try (Workers workers = new Workers("test", 3)) {
            for (int wrong : new int[] {-1, 0, 4}) {
                assertThatThrownBy(() -> workers.run((part, parts) -> {}, wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("test: parts must be from 1 to 3: parts=" + wrong);
            }
            AtomicInteger runs = new AtomicInteger();
            workers.run((part, parts) -> runs.incrementAndGet(), 3);
            assertThat(runs).hasValue(3);
        }
    }

    /** An interrupted thread that parks returns at once, so it has to forget the interruption or turn in circles for ever. */
    @Test
    void interruptedThreadsPark() throws InterruptedException {
        Thread[] others = new Thread[4];
        try (Workers workers = new Workers("test", 4)) {
            workers.run((part, parts) -> others[part] = Thread.currentThread(), 4);
            for (int part = 1; part < 4; part++) {
                Thread other = others[part];
                other.interrupt();
                waitUntil(() -> !other.isInterrupted() && other.getState() == Thread.State.WAITING);
            }
            // a part that interrupts its own thread
            workers.run((part, parts) -> others[part].interrupt(), 4);
            assertThat(Thread.interrupted()).as("the caller's own part").isTrue();
            for (int part = 1; part < 4; part++) {
                Thread other = others[part];
                waitUntil(() -> !other.isInterrupted() && other.getState() == Thread.State.WAITING);
            }
            AtomicInteger runs = new AtomicInteger();
            workers.run((part, parts) -> runs.incrementAndGet(), 4);
            assertThat(runs).hasValue(4);
        }
    }

    @Test
    void interruptedCallerParksAndStaysInterrupted() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        boolean[] interrupted = new boolean[1];
        try (Workers workers = new Workers("test", 2)) {
            Thread caller = new Thread(() -> {
                Thread.currentThread().interrupt();
                workers.run(
                        (part, parts) -> {
                            if (part == 1) {
                                waitFor(hold);
                            }
                        },
                        2);
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            caller.start();
            try {
                waitUntil(() -> !caller.isInterrupted() && caller.getState() == Thread.State.WAITING);
            } finally {
                hold.countDown();
            }
            caller.join();
            assertThat(interrupted[0]).isTrue();
        }
    }

    @Test
    void servesOneCallerAtATime() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        try (Workers workers = new Workers("test", 2)) {
            Thread first = new Thread(() -> workers.run(
                    (part, parts) -> {
                        begun.countDown();
                        waitFor(hold);
                    },
                    2));
            first.start();
            begun.await();
            try {
                assertThatThrownBy(() -> workers.run((part, parts) -> {}, 2))
                        .isInstanceOf(ConcurrentModificationException.class)
                        .hasMessage("test: its workers serve one call at a time, and one is on its way");
                assertThatThrownBy(workers::close).isInstanceOf(ConcurrentModificationException.class);
            } finally {
                hold.countDown();
            }
            first.join();
            assertThatThrownBy(() -> workers.run((part, parts) -> workers.run((p, of) -> {}, 2), 2))
                    .isInstanceOf(ConcurrentModificationException.class);
            AtomicInteger runs = new AtomicInteger();
            workers.run((part, parts) -> runs.incrementAndGet(), 2);
            assertThat(runs).hasValue(2);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // the one who counts down decides
            }
        }
    }

    /** As long as it takes, up to what no machine takes. */
    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            Thread.sleep(1);
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
