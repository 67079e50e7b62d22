/** What a report says of a table: its columns, how much each matters, and what a regression predicts in the units of its targets. */
package io.github.layerc.report.table;
