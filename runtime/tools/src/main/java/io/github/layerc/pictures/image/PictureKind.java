package io.github.layerc.pictures.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The kinds of picture files that are read, told by their first bytes and not by their names. */
enum PictureKind {
    PNG("89504e470d0a1a0a"),
    JPEG("ffd8ff"),
    GIF("47494638");

    /** In hexadecimal. */
    private final String signature;

    PictureKind(String signature) {
        this.signature = signature;
    }

    static Optional<PictureKind> of(byte[] file) {
        String start = HexFormat.of().formatHex(file, 0, Math.min(file.length, 8));
        return Stream.of(values())
                .filter(kind -> start.startsWith(kind.signature))
                .findFirst();
    }

    /** ImageIO reads no JPEG in CMYK, and not all that cameras write: another library reads JPEG. */
    ImageReader open() throws IOException {
        if (this != JPEG) {
            return ImageIO.getImageReadersByFormatName(name()).next();
        }
        return Jpeg.SPI.createReaderInstance(null);
    }

    /** It is found as a service, but not in every jar that somebody packs; and it has to be registered, as it finds the one below it there. */
    private static final class Jpeg {
        static final ImageReaderSpi SPI = find();

        private Jpeg() {}

        private static ImageReaderSpi find() {
            IIORegistry registry = IIORegistry.getDefaultInstance();
            ImageReaderSpi found = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
            if (found != null) {
                return found;
            }
            ImageReaderSpi added = new JPEGImageReaderSpi();
            registry.registerServiceProvider(added, ImageReaderSpi.class);
            return added;
        }
    }
}
