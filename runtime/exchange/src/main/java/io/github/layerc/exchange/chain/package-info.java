/** What any model of another tool is, once it is understood: stages one behind the other, of which layers are made. */
package io.github.layerc.exchange.chain;
