/** The generic engine, which runs any network. */
package io.github.layerc.interpreter;
