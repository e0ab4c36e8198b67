package dev.medzoo.training.report;

import dev.medzoo.zoo.page.Markup;
import java.util.List;

/**
 * Builds an SVG drawing. Coordinates are in pixels from the top left corner. The background is
 * white, so that it is legible on a dark page too.
 */
final class Svg {
    static final String INK = "#222222";
    static final String GRID = "#dddddd";

    /** Mean width of a character of size 12 in common fonts, estimated rather too wide. */
    static final double CHARACTER = 6.8;

    private final StringBuilder xml = new StringBuilder();

    /** Starts a drawing with its title, which screen readers use too. */
    Svg(String title, double width, double height) {
        String name = Markup.escape(title);
        xml.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\""
                                + " viewBox=\"0 0 %1$s %2$s\" role=\"img\" aria-label=\"%3$s\""
                                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                                + "<title>%3$s</title>\n")
                        .formatted(Digits.pixels(width), Digits.pixels(height), name));
        rectangle(0, 0, width, height, "fill=\"#ffffff\"", "");
        xml.append(
                "<text x=\"%s\" y=\"22\" text-anchor=\"middle\" font-size=\"15\" fill=\"%s\">%s</text>\n"
                        .formatted(Digits.pixels(width / 2), INK, name));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        xml.append(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s/>\n"
                        .formatted(
                                Digits.pixels(x1),
                                Digits.pixels(y1),
                                Digits.pixels(x2),
                                Digits.pixels(y2),
                                style));
    }

    /**
     * Draws a line through points, or a filled shape.
     *
     * @param points x and y of each
     */
    void path(List<double[]> points, boolean closed, String style) {
        StringBuilder d = new StringBuilder();
        for (double[] point : points) {
            d.append(d.isEmpty() ? 'M' : 'L');
            d.append(Digits.pixels(point[0])).append(' ').append(Digits.pixels(point[1]));
        }
        xml.append("<path d=\"%s%s\" %s/>\n".formatted(d, closed ? "Z" : "", style));
    }

    /**
     * Draws a rectangle.
     *
     * @param hint tooltip, or empty
     */
    void rectangle(double x, double y, double width, double height, String style, String hint) {
        shape(
                "rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s"
                        .formatted(
                                Digits.pixels(x),
                                Digits.pixels(y),
                                Digits.pixels(width),
                                Digits.pixels(height),
                                style),
                "rect",
                hint);
    }

    /** Draws a dot with a tooltip. */
    void dot(double x, double y, String colour, String hint) {
        shape(
                "circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\""
                        .formatted(Digits.pixels(x), Digits.pixels(y), colour),
                "circle",
                hint);
    }

    private void shape(String begin, String name, String hint) {
        if (hint.isEmpty()) {
            xml.append("<%s/>\n".formatted(begin));
        } else {
            xml.append("<%s><title>%s</title></%s>\n".formatted(begin, Markup.escape(hint), name));
        }
    }

    /**
     * Draws text.
     *
     * @param anchor {@code start}, {@code middle} or {@code end}: the part of the text at x
     */
    void text(double x, double y, String anchor, String text) {
        text(x, y, anchor, INK, 0, text);
    }

    /**
     * Draws rotated text.
     *
     * @param degrees clockwise, about their anchor
     */
    void text(double x, double y, String anchor, String colour, double degrees, String text) {
        String turn =
                degrees == 0
                        ? ""
                        : " transform=\"rotate(%s %s %s)\""
                                .formatted(
                                        Digits.pixels(degrees), Digits.pixels(x), Digits.pixels(y));
        xml.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>\n"
                        .formatted(
                                Digits.pixels(x),
                                Digits.pixels(y),
                                anchor,
                                colour,
                                turn,
                                Markup.escape(text)));
    }

    String end() {
        return xml + "</svg>\n";
    }
}
