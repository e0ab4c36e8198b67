package dev.medzoo.batch.slide;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;

/** The codings of tiles that tests write, each with what TIFF's tags say about it. */
enum Coding {
    NONE(1, 2, false),
    LZW(5, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return LzwWriter.write(tile.rgb());
        }
    },
    LZW_PREDICTED(5, 2, true) {
        @Override
        byte[] coded(RgbPicture tile) {
            return LzwWriter.write(differences(tile));
        }
    },
    DEFLATE(8, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return deflated(tile.rgb());
        }
    },
    OLD_DEFLATE_PREDICTED(32946, 2, true) {
        @Override
        byte[] coded(RgbPicture tile) {
            return deflated(differences(tile));
        }
    },
    JPEG_420(7, 6, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return jpeg(tile, 2, 2);
        }
    },
    JPEG_422(7, 6, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return jpeg(tile, 2, 1);
        }
    },
    JPEG_444(7, 6, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return jpeg(tile, 1, 1);
        }
    },

    /** The colours in a JPEG are red, green and blue, and only the TIFF around it says so. */
    JPEG_RGB(7, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return jpeg(tile, 1, 1);
        }
    },
    JPEG_2000_RGB(33005, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return jpeg2000(tile, true);
        }
    },

    /** As before, the three samples are said to be YCbCr. */
    JPEG_2000_YCBCR(33003, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return jpeg2000(tile, false);
        }
    },

    /** Aperio's own: of the colours there are half as many samples in a row. */
    JPEG_2000_YCBCR_422(33003, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return openJpeg(tile, 2, 1);
        }
    },
    JPEG_2000_YCBCR_420(33003, 2, false) {
        @Override
        byte[] coded(RgbPicture tile) {
            return openJpeg(tile, 2, 2);
        }
    };

    private static final Path OPEN_JPEG = Path.of("src/test/python/openjpeg_encode.py");

    private static final String JPEG_FORMAT = "javax_imageio_jpeg_image_1.0";

    final int compression;
    final int photometric;
    final boolean isPredicted;

    Coding(int compression, int photometric, boolean isPredicted) {
        this.compression = compression;
        this.photometric = photometric;
        this.isPredicted = isPredicted;
    }

    /** The bytes of a tile. */
    byte[] coded(RgbPicture tile) {
        return tile.rgb();
    }

    boolean isJpeg() {
        return compression == 7;
    }

    private static byte[] differences(RgbPicture tile) {
        byte[] rgb = tile.rgb().clone();
        int row = 3 * tile.width();
        for (int i = rgb.length - 1; i > 0; i--) {
            if (i % row >= 3) {
                rgb[i] -= rgb[i - 3];
            }
        }
        return rgb;
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 12];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return out.toByteArray();
    }

    /** A whole JPEG, whose finest colour has these sampling factors. */
    static byte[] jpeg(RgbPicture tile, int across, int down) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.8f);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            var image = tile.toBufferedImage();
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(JPEG_FORMAT);
            Element first = (Element) root.getElementsByTagName("componentSpec").item(0);
            first.setAttribute("HsamplingFactor", String.valueOf(across));
            first.setAttribute("VsamplingFactor", String.valueOf(down));
            metadata.setFromTree(JPEG_FORMAT, root);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A bare codestream without loss. */
    static byte[] jpeg2000(RgbPicture tile, boolean isTransformed) {
        ImageWriter writer = jpeg2000Writer();
        J2KImageWriteParam param = (J2KImageWriteParam) writer.getDefaultWriteParam();
        param.setLossless(true);
        param.setComponentTransformation(isTransformed);
        param.setWriteCodeStreamOnly(true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(tile.toBufferedImage(), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** A bare codestream without loss, some samples left out, which only OpenJPEG writes. */
    private static byte[] openJpeg(RgbPicture tile, int across, int down) {
        try {
            Path rgb = Files.createTempFile("tile", ".rgb");
            Path coded = Files.createTempFile("tile", ".j2k");
            try {
                Files.write(rgb, tile.rgb());
                Process python =
                        new ProcessBuilder(
                                        "/usr/bin/python3",
                                        OPEN_JPEG.toString(),
                                        String.valueOf(tile.width()),
                                        String.valueOf(tile.height()),
                                        String.valueOf(across),
                                        String.valueOf(down))
                                .redirectInput(rgb.toFile())
                                .redirectOutput(coded.toFile())
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start();
                try {
                    if (!python.waitFor(60, TimeUnit.SECONDS) || python.exitValue() != 0) {
                        throw new IllegalStateException("OpenJPEG: failed (expected: to encode)");
                    }
                } finally {
                    python.destroyForcibly();
                }
                return Files.readAllBytes(coded);
            } finally {
                Files.delete(rgb);
                Files.delete(coded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("OpenJPEG: interrupted", e);
        }
    }

    private static ImageWriter jpeg2000Writer() {
        try {
            return new J2KImageWriterSpi().createWriterInstance(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
