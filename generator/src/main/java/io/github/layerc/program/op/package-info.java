/** What programs are made of: operations over named buffers. Every operation answers for itself what is asked of it. */
package io.github.layerc.program.op;
