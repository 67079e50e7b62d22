/** Rows of named columns from files of text: one {@code RowFile} for each format, {@code RowDecoder} for what a table makes of a row, {@code TableRows} for all of them. */
package io.github.layerc.rows;
