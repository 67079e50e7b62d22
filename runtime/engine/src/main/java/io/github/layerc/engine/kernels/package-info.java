/** The part of the kernels that trainings call. Exported for generated classes, which implement it. */
package io.github.layerc.engine.kernels;
