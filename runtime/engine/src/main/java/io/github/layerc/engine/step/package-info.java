/** What both forms of a training share: bound samples, updates. */
package io.github.layerc.engine.step;
