/** Data sets, their files, and checkpoints. */
package io.github.layerc.data;
