package io.github.layerc.spark.training;

/**
 * How long a training takes, in what each strategy counts.
 *
 * @param iterations of full batches
 * @param rounds of averaging
 * @param localEpochs of a round
 */
record Length(int iterations, int rounds, int localEpochs) {}
