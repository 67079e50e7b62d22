/** Checks engines of a network against textbook loops in double, and these against differences of the cost, within bounds that follow from the precision. */
package io.github.layerc.check;
