/** Arrays of numbers or texts with a shape, as models of other tools hold them. */
package io.github.layerc.exchange.tensor;
