/** Sets of pictures: those of the notebook, and drawn ones. */
package io.github.layerc.pictures;
