/** Kernels that go element by element: activations, losses, biases and updates. */
package io.github.layerc.emit.element;
