package dev.medzoo.site;

import java.util.ArrayList;
import java.util.List;

/** What the search looks in: each document's sections. */
final class SearchIndex {
    private SearchIndex() {}

    /**
     * A heading and what stands below it.
     *
     * @param page title of the document
     * @param heading of the section
     * @param address relative to the site
     * @param text as a person reads it
     */
    record Section(String page, String heading, String address, String text) {}

    static String title(String text) {
        return text.lines()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .findFirst()
                .orElse("medzoo");
    }

    static List<Section> sections(String target, String text) {
        String title = title(text);
        List<Section> sections = new ArrayList<>();
        String heading = title;
        StringBuilder body = new StringBuilder();
        boolean isCode = false;
        for (String line : text.lines().toList()) {
            isCode ^= line.strip().startsWith("```");
            if (!isCode && line.matches("#+ .*")) {
                add(sections, title, heading, target, body);
                heading = line.replaceFirst("#+ ", "");
            } else {
                body.append(line).append('\n');
            }
        }
        add(sections, title, heading, target, body);
        return sections;
    }

    private static void add(
            List<Section> to, String title, String heading, String target, StringBuilder body) {
        String text =
                body.toString()
                        .replaceAll("(?s)<!--.*?-->", " ")
                        .replaceAll("!?\\[([^]]*)]\\([^)]*\\)", "$1")
                        .replaceAll("[*`|]|```\\w*|-{3,}", " ")
                        .replaceAll("\\s+", " ")
                        .strip();
        if (!text.isEmpty()) {
            String anchor = heading.equals(title) ? "" : "#" + Markdown.anchor(heading);
            to.add(new Section(title, heading.replace("`", ""), target + anchor, text));
        }
        body.setLength(0);
    }
}
