/** Arrays of samples and of targets: their shapes, the classes that they stand for, and what is said of them. */
package io.github.layerc.array;
