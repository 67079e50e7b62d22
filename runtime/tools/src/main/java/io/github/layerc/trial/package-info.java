/** Short trainings that say something about a network and its data before the real one: which learning rates fall, whether a few samples can be learnt. */
package io.github.layerc.trial;
