/** Rows as a training holds them where they lie: read, checked, packed in an order of their own, and summed over. */
package io.github.layerc.spark.training.shard;
