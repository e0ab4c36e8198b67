package dev.medzoo.training.report;

import java.util.List;

/**
 * Colours that are distinct for the colour-blind (Okabe and Ito 2008), each with its own dash
 * pattern, so that lines are distinct in greyscale too.
 */
final class Palette {
    private static final List<String> COLOURS =
            List.of(
                    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
                    "#f0e442");
    private static final List<String> DASHES =
            List.of("", "7 3", "2 3", "8 3 2 3", "12 4", "4 2", "8 3 2 3 2 3", "1 2");

    private Palette() {}

    static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** Line style of a series; after eight the colours repeat with other dashes. */
    static String stroke(int series) {
        String dash = DASHES.get((series + series / COLOURS.size()) % DASHES.size());
        return "fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s"
                .formatted(
                        colour(series), dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"");
    }

    static String plain(String colour, double width) {
        return "stroke=\"%s\" stroke-width=\"%s\"".formatted(colour, Digits.pixels(width));
    }
}
