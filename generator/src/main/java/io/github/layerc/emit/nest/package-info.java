/** Code as a tree, until a printer writes it for a target: the statements and expressions of loop nests, and what can be asked of them. */
package io.github.layerc.emit.nest;
