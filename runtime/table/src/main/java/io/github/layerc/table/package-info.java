/**
 * Named columns: {@code Table} says what a model reads and predicts, {@code Fitted} holds what it learned of its training rows, and rows of a generated class go
 * through {@code FloatRows} or {@code DoubleRows}.
 */
package io.github.layerc.table;
