package io.github.layerc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job of the documentation, as spark-submit starts it. */
class ExampleJobTest {
    @TempDir
    private Path folder;

    @Test
    void isSubmittedWithTheJarsOfNetworkAndLibrary() throws Exception {
        Path table = folder.resolve("flowers.csv");
        StringBuilder text = new StringBuilder("length,width,color,wild,species\n");
        for (Row row : Rows.flowers(150, 4)) {
            text.append(row.isNullAt(0) ? "" : row.get(0))
                    .append(',')
                    .append(row.get(1))
                    .append(',');
            text.append(row.isNullAt(2) ? "" : row.get(2))
                    .append(',')
                    .append(row.get(3))
                    .append(',');
            text.append(row.get(4)).append('\n');
        }
        Files.writeString(table, text);
        SparkHome home = new SparkHome();
        Process job = home.start(
                "submit",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--class",
                "io.github.layerc.spark.example.FlowersJob",
                "--jars",
                Networks.jar().toString(),
                home.job().toString(),
                Networks.className("Flowers"),
                table.toUri().toString(),
                folder.resolve("model").toString(),
                folder.resolve("scored").toString());
        assertThat(job.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String log = Files.readString(SparkHome.FOLDER.resolve("submit.log"));
        assertThat(job.exitValue()).as(log).isZero();
        assertThat(log).contains("full_batch since network and optimizer want it: 150 rows");
        SparkSession session = Sessions.local(2);
        List<Row> scored =
                session.read().parquet(folder.resolve("scored").toString()).collectAsList();
        assertThat(scored).hasSize(150);
        assertThat(scored.stream()
                        .filter(row -> Rows.SPECIES
                                .get((int) row.<Double>getAs("prediction").doubleValue())
                                .equals(row.getAs("species"))))
                .hasSizeGreaterThan(120);
    }
}
