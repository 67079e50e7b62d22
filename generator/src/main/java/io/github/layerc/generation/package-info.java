/** From a folder of specs to a folder of sources: what is read, compared, written and deleted, and how that is told; no build tool is known here. */
package io.github.layerc.generation;
