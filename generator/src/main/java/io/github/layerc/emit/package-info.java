/**
 * Kernels to Java: one emitter for each family of loop nests, over shared words for a load, a multiply-add or a store, so that plain Java and
 * the Vector API come from the same nests.
 */
package io.github.layerc.emit;
