package io.github.layerc.schedule;

/**
 * How the kernels of the Gram form are computed, all in doubles.
 *
 * @param units tile of the update: units whose pre-activations are updated together
 * @param vectors tile of the update: vectors of bound samples; rows of the Gram matrix are padded to a multiple of them
 * @param rows tile of the products of rows, rows x rows dot products that are computed together
 */
public record GramSchedule(int units, int vectors, int rows) {}
