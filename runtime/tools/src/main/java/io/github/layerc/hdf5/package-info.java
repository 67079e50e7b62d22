/** HDF5 files, checked as they are read. */
package io.github.layerc.hdf5;
