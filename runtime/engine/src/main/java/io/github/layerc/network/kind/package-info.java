/** What a spec chooses by a keyword and some numbers. */
package io.github.layerc.network.kind;
