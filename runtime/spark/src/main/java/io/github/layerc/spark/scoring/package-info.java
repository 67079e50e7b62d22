/** What a task does to score the rows of its partition: read them, run the class in batches, decide. */
package io.github.layerc.spark.scoring;
