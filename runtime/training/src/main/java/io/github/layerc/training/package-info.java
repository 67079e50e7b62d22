/** Trains an engine with a data set, in memory: batches, history, accuracy. */
package io.github.layerc.training;
