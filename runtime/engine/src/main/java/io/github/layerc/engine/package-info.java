/**
 * What executes a network: generated classes and the interpreter, behind one interface for each precision. {@code Double...} types are made
 * from the {@code Float...} ones by the build, with nothing but the type replaced.
 */
package io.github.layerc.engine;
