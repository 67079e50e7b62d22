/** Kernels of matrix products: loop nests, their tiles, and the walks over these. */
package io.github.layerc.emit.product;
