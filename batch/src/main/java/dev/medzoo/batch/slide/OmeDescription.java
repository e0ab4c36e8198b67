package dev.medzoo.batch.slide;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What OME-TIFF has in TIFF's ImageDescription: an XML document, of whose first picture the size of
 * a pixel is taken. The document is searched, not parsed: nothing that it names is ever loaded.
 */
final class OmeDescription {
    private static final int MOST_BYTES = 1 << 16;
    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,18})?(?:[eE]-?\\d{1,2})?)";
    private static final Pattern ROOT =
            Pattern.compile("\\A\\s*(?:<[?!][^>]*>\\s*)*<(?:\\w+:)?OME\\b");
    private static final Pattern PIXELS = Pattern.compile("<(?:\\w+:)?Pixels\\b[^>]*>");

    /** Units of a length by their symbol, which is left out for micrometres. */
    private static final Map<String, Double> UNITS =
            Map.of("\u00b5m", 1.0, "\u03bcm", 1.0, "nm", 1e-3, "mm", 1e3, "cm", 1e4);

    private final String text;

    private OmeDescription(String text) {
        this.text = text;
    }

    static OmeDescription of(TiffTags tags) throws IOException {
        return new OmeDescription(tags.utf8(TiffTag.DESCRIPTION, MOST_BYTES));
    }

    boolean isOme() {
        return ROOT.matcher(text).find();
    }

    /**
     * Micrometres a pixel of the finest level, if it says so in a unit of length.
     *
     * @throws SlideException if pixels are not squares
     */
    OptionalDouble micrometresPerPixel(SlideFile file) throws SlideException {
        Matcher pixels = PIXELS.matcher(text);
        if (!isOme() || !pixels.find()) {
            return OptionalDouble.empty();
        }
        double width = side(pixels.group(), "X");
        double height = side(pixels.group(), "Y");
        return width > 0 && height > 0
                ? TiffResolution.of(file, width, height)
                : OptionalDouble.empty();
    }

    private static double side(String pixels, String axis) {
        Matcher size =
                Pattern.compile("\\sPhysicalSize%s\\s*=\\s*[\"']%s[\"']".formatted(axis, NUMBER))
                        .matcher(pixels);
        Matcher unit =
                Pattern.compile("\\sPhysicalSize%sUnit\\s*=\\s*[\"']([^\"']*)[\"']".formatted(axis))
                        .matcher(pixels);
        double factor = unit.find() ? UNITS.getOrDefault(unit.group(1), 0.0) : 1;
        return size.find() ? factor * Double.parseDouble(size.group(1)) : 0;
    }
}
