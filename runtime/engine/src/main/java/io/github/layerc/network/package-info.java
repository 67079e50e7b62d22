/** The network: resolved, immutable, all shapes known; what the compiler lowers and the interpreter runs. */
package io.github.layerc.network;
