/** Single pictures in files: decoded, turned upright, and scaled. */
package io.github.layerc.pictures.image;
