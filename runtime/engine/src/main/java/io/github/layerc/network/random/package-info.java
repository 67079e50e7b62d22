/** Random numbers, the same on every machine: those that weights start with, and those that leave out activations. */
package io.github.layerc.network.random;
