/** What a field of a table says: a number, yes or no, nothing. */
package io.github.layerc.rows.field;
