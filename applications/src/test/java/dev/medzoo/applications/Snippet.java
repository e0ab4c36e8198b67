package dev.medzoo.applications;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a document. An HTML comment right above the fence may say how it is tested:
 * {@code <!-- run -->}, {@code <!-- not run: REASON -->} or {@code <!-- file: PATH -->}.
 *
 * @param place file and line
 * @param language the word after the fence, or empty
 * @param text between the fences, without their indentation
 * @param told what the comment says, or empty
 */
record Snippet(String place, String language, String text, String told) {
    private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");
    private static final Pattern COMMENT = Pattern.compile(" *<!-- ((?:(?:not )?run|file:).*) -->");

    boolean isRun() {
        return told.equals("run");
    }

    /** Why it is not run, or empty. */
    String reason() {
        return told.startsWith("not run: ") ? told.substring("not run: ".length()) : "";
    }

    /** The file that it is all of, or empty. */
    String file() {
        return told.startsWith("file: ") ? told.substring("file: ".length()) : "";
    }

    Path page() {
        return Path.of(place.replaceFirst(":\\d+$", ""));
    }

    @Override
    public String toString() {
        return place;
    }

    /** Those of the README, of {@code docs/} and of what lies at the root beside the README. */
    static List<Snippet> all() throws IOException {
        List<Snippet> all = new ArrayList<>();
        for (String name : List.of("", "docs", "docs/add")) {
            Path folder = Ran.SOURCES.resolve(name);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".md")).toList()) {
                    all.addAll(of(file));
                }
            }
        }
        return all;
    }

    private static List<Snippet> of(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Snippet> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).strip().equals("```")) {
                    end++;
                }
                String text =
                        String.join("\n", lines.subList(i + 1, end))
                                .replaceAll("(?m)^" + fence.group(1), "");
                Matcher comment = COMMENT.matcher(i == 0 ? "" : lines.get(i - 1));
                String told = comment.matches() ? comment.group(1) : "";
                String place = Ran.SOURCES.relativize(file) + ":" + (i + 1);
                found.add(new Snippet(place, fence.group(2), text, told));
                i = end;
            }
        }
        return found;
    }
}
