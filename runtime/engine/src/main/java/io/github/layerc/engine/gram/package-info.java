/** Trainings in Gram form, and the choice of it. */
package io.github.layerc.engine.gram;
