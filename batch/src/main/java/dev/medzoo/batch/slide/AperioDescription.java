package dev.medzoo.batch.slide;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Aperio's scanners write in TIFF's ImageDescription: {@code Aperio …|AppMag = 40|MPP =
 * 0.2500|…}.
 */
final class AperioDescription {
    private static final String NAME = "Aperio";
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern SCALE =
            Pattern.compile("\\|\\s*MPP\\s*=\\s*(\\d{1,6}(?:[.,]\\d{1,12})?)\\s*(?:\\||$)");

    private final String text;

    private AperioDescription(String text) {
        this.text = text;
    }

    static AperioDescription of(TiffTags tags) throws IOException {
        return new AperioDescription(tags.text(TiffTag.DESCRIPTION, MOST_BYTES));
    }

    boolean isAperio() {
        return text.startsWith(NAME);
    }

    /** Micrometres a pixel of the finest level, if it says so. */
    OptionalDouble micrometresPerPixel() {
        Matcher found = SCALE.matcher(text);
        double scale = found.find() ? Double.parseDouble(found.group(1).replace(',', '.')) : 0;
        return scale > 0 ? OptionalDouble.of(scale) : OptionalDouble.empty();
    }
}
