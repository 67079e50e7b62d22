package io.github.layerc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a cluster of three JVMs whose executors are killed. */
class ClusterTest {
    private static final int ITERATIONS = 40;

    /** Rows of no class, which are left out. */
    private static final int BAD = 7;

    @AfterEach
    void stop() {
        SparkSession.active().stop();
    }

    private static LayercClassificationModel train(SparkSession session, String strategy) {
        List<Row> rows = new ArrayList<>(Rows.points(3000, 4, 3, 1));
        for (int i = 0; i < BAD; i++) {
            rows.add(400 * i, RowFactory.create(Vectors.dense(0, 0, 0, i), 3.0 + i, -1));
        }
        return new LayercClassifier()
                .setNetwork(Networks.className("Three"))
                .setStrategy(strategy)
                .setNumPartitions(5)
                .setMaxIter(ITERATIONS)
                .setHandleInvalid("skip")
                .fit(Rows.of(session, rows, Rows.VECTORS, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full_batch", "averaging"})
    void killedExecutorsChangeNoBit(String strategy) {
        LayercClassificationModel undisturbed = train(Sessions.local(2), strategy);
        assertThat(undisturbed.summary().droppedRows()).isEqualTo(BAD);
        SparkSession.active().stop();
        try (TestCluster cluster = new TestCluster(2)) {
            SparkSession session = cluster.session();
            Killer killer = new Killer(cluster);
            session.sparkContext().addSparkListener(killer);
            LayercClassificationModel model = train(session, strategy);
            assertThat(killer.kills).hasValue(2);
            assertThat(model.network().parameters())
                    .isEqualTo(undisturbed.network().parameters());
            // however often a partition was read
            assertThat(model.summary().droppedRows()).isEqualTo(BAD);
            assertThat(model.transform(Rows.of(session, Rows.points(100, 4, 3, 2), Rows.VECTORS, 3))
                            .filter("prediction = label")
                            .count())
                    .isGreaterThan(75);
        }
    }

    /** Kills in the middle of a training: an executor, and later a worker with its executor. */
    private static final class Killer extends SparkListener {
        private final TestCluster cluster;
        private final AtomicInteger jobs = new AtomicInteger();
        private final AtomicInteger kills = new AtomicInteger();

        Killer(TestCluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public void onJobEnd(SparkListenerJobEnd ended) {
            int count = jobs.incrementAndGet();
            if (count == ITERATIONS / 4 && cluster.killExecutor(0)) {
                kills.incrementAndGet();
            }
            if (count == ITERATIONS / 2) {
                cluster.killWorker(0);
                kills.incrementAndGet();
            }
        }
    }
}
