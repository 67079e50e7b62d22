/** Models of Keras, in and out: files {@code .h5} of Keras 2 and {@code .keras} of Keras 3. */
package io.github.layerc.exchange.keras;
