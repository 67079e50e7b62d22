/** Files of arrays with names, in and out: the parameters of a network whose layers stand elsewhere. */
package io.github.layerc.exchange.arrays;
