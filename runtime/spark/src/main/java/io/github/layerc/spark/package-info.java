/**
 * Generated classes on Apache Spark: models that score whole partitions, and estimators that train them, as parts of Spark ML. Needs Spark 4 with Scala 2.13, which the cluster has.
 */
package io.github.layerc.spark;
