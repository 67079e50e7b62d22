/** What a class that stands alone has itself, where others have the runtime: its parameters, the layouts of them, the update of a step. */
package io.github.layerc.emit.alone;
