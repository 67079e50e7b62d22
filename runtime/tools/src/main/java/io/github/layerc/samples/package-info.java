/** Samples to predict, from files of all kinds. */
package io.github.layerc.samples;
