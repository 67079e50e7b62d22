/** Trainings as TensorBoard reads them. */
package io.github.layerc.tensorboard;
