/**
 * What executes a network: generated classes and the interpreter, behind one interface for each precision. {@code Double...} types are made
 * from the {@code Float...} ones by the build, with nothing but the type replaced. The packages below this one are its own: a program uses them no
 * more than through it.
 */
package io.github.layerc.engine;
