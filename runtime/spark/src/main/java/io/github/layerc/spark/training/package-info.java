/** Training on a cluster: rows packed once for each partition, gradients summed in a fixed order, parameters averaged. */
package io.github.layerc.spark.training;
