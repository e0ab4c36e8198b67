package dev.medzoo.zoo.page;

import java.util.List;

/**
 * Builds a page in HTML that is also XML. It needs no other file, has no scripts, and works on
 * small screens, in dark mode and in print.
 */
public final class HtmlPage {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 sans-serif; max-width: 50em; margin: 0 auto; padding: 1em; }
            .notice { border: 2px solid; padding: .5em 1em; font-weight: bold; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; margin: 1em 0; }
            th, td { border-bottom: 1px solid #999; padding: .2em .8em .2em 0; text-align: left; vertical-align: top; }
            td { font-variant-numeric: tabular-nums; }
            figure { margin: 1em 0; break-inside: avoid; }
            svg { max-width: 100%%; height: auto; }
            .pictures { display: flex; flex-wrap: wrap; gap: 1em; align-items: flex-end; }
            .pictures figure { margin: 0; max-width: 144px; overflow-wrap: anywhere; font-size: .8em; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid #999; padding-left: 1em; }
            h2, h3 { break-after: avoid; }
            tr { break-inside: avoid; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            """;

    private final StringBuilder html = new StringBuilder();

    /**
     * A picture with a caption.
     *
     * @param source of an {@code img} element, such as a data URL
     * @param caption text about it
     */
    public record Picture(String source, String caption) {}

    /** Begins a page. */
    public HtmlPage(String title) {
        html.append(HEAD.formatted(Markup.escape(title)));
    }

    /** Adds what must not be overlooked. */
    public HtmlPage notice(String text) {
        html.append("<p class=\"notice\" role=\"note\">").append(Markup.escape(text));
        html.append("</p>\n");
        return this;
    }

    /** Begins a section. */
    public HtmlPage heading(String text) {
        return element("h2", text);
    }

    /** Adds a paragraph of plain text. */
    public HtmlPage paragraph(String text) {
        return element("p", text);
    }

    /** Adds preformatted text. */
    public HtmlPage verbatim(String text) {
        return element("pre", text);
    }

    /** Adds a drawing, given as markup. */
    public HtmlPage figure(String svg) {
        html.append("<figure>\n").append(svg).append("</figure>\n");
        return this;
    }

    /** Adds pictures side by side, each with a caption. */
    public HtmlPage pictures(List<Picture> pictures) {
        html.append("<div class=\"pictures\">\n");
        for (Picture each : pictures) {
            String caption = Markup.escape(each.caption());
            html.append("<figure><img src=\"%s\" alt=\"\"/>".formatted(each.source()));
            html.append("<figcaption>%s</figcaption></figure>\n".formatted(caption));
        }
        html.append("</div>\n");
        return this;
    }

    /** Adds a table whose first column has row headers. */
    public HtmlPage table(List<String> head, List<List<String>> rows) {
        html.append("<div class=\"wide\"><table>\n<thead><tr>");
        head.forEach(cell -> cell("th scope=\"col\"", "th", cell));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            cell("th scope=\"row\"", "th", row.get(0));
            row.subList(1, row.size()).forEach(cell -> cell("td", "td", cell));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
        return this;
    }

    /** The whole page. */
    public String end() {
        return html + "</body>\n</html>\n";
    }

    private HtmlPage element(String name, String text) {
        cell(name, name, text);
        html.append('\n');
        return this;
    }

    private void cell(String begin, String name, String text) {
        html.append("<%s>%s</%s>".formatted(begin, Markup.escape(text), name));
    }
}
