/** Formulas of one element, which the compiler prints and the interpreter runs. */
package io.github.layerc.network.formula;
