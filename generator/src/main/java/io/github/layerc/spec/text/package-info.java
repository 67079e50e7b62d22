/** The text of a spec as a tree of its values, each with its place, and the errors that are found in it. */
package io.github.layerc.spec.text;
