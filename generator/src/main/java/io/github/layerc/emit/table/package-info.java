/** What the public class of a spec with named columns has beside that of any network: its table, rows, labels, and predictions of rows. */
package io.github.layerc.emit.table;
