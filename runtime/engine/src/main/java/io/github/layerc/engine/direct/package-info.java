/** Trainings by products with the samples. */
package io.github.layerc.engine.direct;
