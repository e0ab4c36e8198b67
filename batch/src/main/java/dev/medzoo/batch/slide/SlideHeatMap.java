package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * The slide, small, under the probability of one class in each field with tissue: from blue over
 * white to red at 0, ½ and 1. Fields without an answer are grey; those unlike the training pictures
 * are crossed out. The notice is in the PNG itself as text.
 */
final class SlideHeatMap {
    private static final String FORMAT = "javax_imageio_png_1.0";
    private static final double OPAQUE = 0.6;
    private static final int BLUE = 0x2166ac;
    private static final int WHITE = 0xf7f7f7;
    private static final int RED = 0xb2182b;
    private static final int GREY = 0x808080;
    private static final int BLACK = 0x000000;

    /** Longest side of the picture where enlarging is a choice, in pixels. */
    private static final int LONGEST_SIDE = 3000;

    private static final int MOST_ENLARGED = 4;

    private final SlideResult result;
    private final int label;
    private final int cell;
    private final int width;
    private final byte[] rgb;

    private SlideHeatMap(SlideResult result, int label) {
        this.result = result;
        this.label = label;
        RgbPicture slide = result.tissue().picture();
        int longest = Math.max(slide.width(), slide.height());
        cell = Math.max(1, Math.min(MOST_ENLARGED, LONGEST_SIDE / longest));
        width = cell * slide.width();
        rgb = new byte[3 * width * cell * slide.height()];
        for (int i = 0; i < rgb.length / 3; i++) {
            int from = 3 * (i / width / cell * slide.width() + i % width / cell);
            System.arraycopy(slide.rgb(), from, rgb, 3 * i, 3);
        }
    }

    /**
     * Draws the map of a class as PNG.
     *
     * @throws IllegalArgumentException if the model has no such class
     */
    static byte[] png(SlideResult result, String label) throws IOException {
        int index = result.findings().labels().indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "class: %s (expected one of: %s)".formatted(label, result.findings().labels()));
        }
        SlideHeatMap map = new SlideHeatMap(result, index);
        map.draw();
        RgbPicture drawn = new RgbPicture(map.width, map.rgb.length / 3 / map.width, map.rgb);
        String text =
                "Probability of %s in each field, by %s %s. %s"
                        .formatted(
                                label,
                                result.model().name(),
                                result.model().version(),
                                Finding.NOTICE);
        return encoded(drawn, text);
    }

    private void draw() {
        TileFindings findings = result.findings();
        int side = TissueMap.CELLS * cell;
        for (int i = 0; i < findings.count(); i++) {
            int colour = findings.isAnswered(i) ? colour(findings.probability(i, label)) : GREY;
            for (int pixel = 0; pixel < side * side; pixel++) {
                int x = pixel % side;
                int y = pixel / side;
                boolean isCross = findings.isUnlikeTraining(i) && (x == y || x == side - 1 - y);
                int at = 3 * ((findings.row(i) * side + y) * width + findings.column(i) * side + x);
                blend(at, isCross ? BLACK : colour);
            }
        }
    }

    private static int colour(double probability) {
        boolean isBelow = probability < 0.5;
        double share = isBelow ? 2 * probability : 2 * probability - 1;
        int from = isBelow ? BLUE : WHITE;
        int to = isBelow ? WHITE : RED;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = from >> shift & 0xff;
            int high = to >> shift & 0xff;
            colour |= (int) Math.round(low + share * (high - low)) << shift;
        }
        return colour;
    }

    private void blend(int at, int colour) {
        for (int i = 0; i < 3; i++) {
            int under = rgb[at + i] & 0xff;
            int over = colour >> (16 - 8 * i) & 0xff;
            rgb[at + i] = (byte) Math.round(under + OPAQUE * (over - under));
        }
    }

    private static byte[] encoded(RgbPicture picture, String text) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            var image = picture.toBufferedImage();
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
            IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
            entry.setAttribute("keyword", "Description");
            entry.setAttribute("value", text);
            IIOMetadataNode texts = new IIOMetadataNode("tEXt");
            texts.appendChild(entry);
            IIOMetadataNode root = new IIOMetadataNode(FORMAT);
            root.appendChild(texts);
            metadata.mergeTree(FORMAT, root);
            writer.write(null, new IIOImage(image, null, metadata), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** What the colours mean, in words. */
    static byte[] legend(SlideResult result) {
        return String.format(
                        Locale.ROOT,
                        """
                %s

                The maps are of %s by %s %s.
                Each square is a field of %.4g micrometres. Glass is left as it is.
                blue    the class is improbable (0)
                white   undecided (1/2)
                red     the class is probable (1)
                grey    the model abstains
                crossed out   the field is unlike the pictures that the model was trained on: no answer
                """,
                        Finding.NOTICE,
                        result.slide().path().getFileName(),
                        result.model().name(),
                        result.model().version(),
                        result.grid().scale().fieldMicrometres())
                .getBytes(StandardCharsets.UTF_8);
    }
}
