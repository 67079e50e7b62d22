/** Parameters of a network in an HDF5 file. */
package io.github.layerc.checkpoint;
