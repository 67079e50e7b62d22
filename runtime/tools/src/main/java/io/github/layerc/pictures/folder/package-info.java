/** Files of pictures in folders: one for each class, or all that a folder holds. */
package io.github.layerc.pictures.folder;
