package io.github.layerc.spark.training;

import java.util.List;

/**
 * What a training leads to.
 *
 * @param parameters those of the end, or the best ones where the settings stop early
 * @param costs one for each iteration or round, before its update
 * @param validationCosts at the same times; empty without rows for validation
 */
public record Outcome(List<Double> parameters, List<Double> costs, List<Double> validationCosts) {}
