/** Where the samples of a training come from: what a path holds, and how each kind of it becomes samples with targets. */
package io.github.layerc.source;
