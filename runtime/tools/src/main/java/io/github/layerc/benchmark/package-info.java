/** Measures generated classes against the interpreter, with JMH; for that JVM alone, since a program that runs a network needs none of it. */
package io.github.layerc.benchmark;
