/** What a trained network is sent out as. */
package io.github.layerc.export;
