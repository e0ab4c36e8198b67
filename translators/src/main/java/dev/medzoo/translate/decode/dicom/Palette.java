package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import java.util.List;

/** The three lookup tables of PALETTE COLOR (PS3.3 C.7.9). */
final class Palette {
    private final List<LookupTable> tables;

    private Palette(List<LookupTable> tables) {
        this.tables = tables;
    }

    static Palette of(DataSet set, boolean isSigned) throws IOException {
        if (set.element(Tag.RED_DATA) == null) {
            return ofSegments(set, isSigned);
        }
        return new Palette(
                List.of(
                        LookupTable.of(set, Tag.RED_DESCRIPTOR, Tag.RED_DATA, isSigned),
                        LookupTable.of(set, Tag.GREEN_DESCRIPTOR, Tag.GREEN_DATA, isSigned),
                        LookupTable.of(set, Tag.BLUE_DESCRIPTOR, Tag.BLUE_DATA, isSigned)));
    }

    /** Reads a segmented palette (C.7.9.2). */
    private static Palette ofSegments(DataSet set, boolean isSigned) throws IOException {
        if (set.element(Tag.RED_SEGMENTS) == null) {
            throw new UnreadDicomException(
                    "DICOM without its palette (expected: tables of red, green and blue)");
        }
        return new Palette(
                List.of(
                        LookupTable.ofSegments(set, Tag.RED_DESCRIPTOR, Tag.RED_SEGMENTS, isSigned),
                        LookupTable.ofSegments(
                                set, Tag.GREEN_DESCRIPTOR, Tag.GREEN_SEGMENTS, isSigned),
                        LookupTable.ofSegments(
                                set, Tag.BLUE_DESCRIPTOR, Tag.BLUE_SEGMENTS, isSigned)));
    }

    /** Converts to RGB, three bytes per pixel. */
    byte[] rgb(short[] words, ImagePixel pixel) {
        byte[] rgb = new byte[3 * words.length];
        for (int colour = 0; colour < 3; colour++) {
            byte[] levels = new byte[pixel.mask() + 1];
            for (int stored = 0; stored < levels.length; stored++) {
                levels[stored] = tables.get(colour).high8(pixel.value(stored));
            }
            for (int i = 0; i < words.length; i++) {
                rgb[3 * i + colour] = levels[words[i] & 0xffff];
            }
        }
        return rgb;
    }
}
