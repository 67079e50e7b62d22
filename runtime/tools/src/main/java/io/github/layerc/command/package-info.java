/** The programs that the goals start, from the files of a spec and its data to those of the results. */
package io.github.layerc.command;
