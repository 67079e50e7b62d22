/** The driver: a spec in, Java sources out. Free of Maven, so that any program can call it. */
package io.github.layerc.compiler;
