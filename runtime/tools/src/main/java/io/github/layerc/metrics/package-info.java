/**
 * How good the outputs of a network are: plain functions of outputs and targets, by the conventions of scikit-learn where there are several, and NaN where a
 * number is not defined.
 */
package io.github.layerc.metrics;
