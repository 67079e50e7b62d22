/** Data sets, and what files of data and models have in common. */
package io.github.layerc.data;
