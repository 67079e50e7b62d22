/**
 * The program of each entry point: operations over named buffers. Lowering states the mathematics; the passes rewrite it; a verifier checks
 * every result. Nothing here knows how an operation is computed.
 */
package io.github.layerc.program;
