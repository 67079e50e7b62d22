/** Loops over all numbers of a row. */
package io.github.layerc.spark.scoring.loop;
