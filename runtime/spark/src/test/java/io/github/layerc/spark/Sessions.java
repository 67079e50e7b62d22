package io.github.layerc.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions of the tests. */
public final class Sessions {
    private Sessions() {}

    /** Spark within this JVM, with so many threads. */
    public static SparkSession local(int threads) {
        Thread.currentThread().setContextClassLoader(Networks.loader());
        return SparkSession.builder()
                .master("local[" + threads + "]")
                .appName("layerc")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "4")
                .getOrCreate();
    }
}
