/** Trains an engine with a data set, and the command that does so from the files of a spec and its data to those of the results. */
package io.github.layerc.training;
