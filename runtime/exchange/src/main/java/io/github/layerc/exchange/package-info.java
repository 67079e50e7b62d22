/** Models of other tools: what reads and writes them, whatever their format. */
package io.github.layerc.exchange;
