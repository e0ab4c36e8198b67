package dev.medzoo.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes the whole site: {@code Site PROJECT OUT}. The same files give the same bytes. */
public final class Site {
    private static final List<String> FILES = List.of("style.css", "search.js");

    private final Path out;
    private final Map<String, String> pages;
    private final String template = new String(resource("page.html"), StandardCharsets.UTF_8);
    private final List<SearchIndex.Section> sections = new ArrayList<>();

    private Site(Path out, Map<String, String> pages) {
        this.out = out;
        this.pages = pages;
    }

    public static void main(String[] args) throws IOException {
        Path project = Path.of(args[0]).normalize();
        Sources sources = Sources.of(project);
        CardPages cards = CardPages.of(project.resolve("model-store"));
        Site site = new Site(Path.of(args[1]), sources.targets());
        for (Map.Entry<String, String> page : sources.pages().entrySet()) {
            String text = Files.readString(project.resolve(page.getKey()));
            site.write(page.getKey(), page.getValue(), text);
        }
        for (Map.Entry<String, String> card : cards.texts().entrySet()) {
            site.write("model-store/" + card.getKey(), card.getKey(), card.getValue());
        }
        for (Map.Entry<String, String> picture : sources.pictures().entrySet()) {
            site.put(picture.getValue(), Files.readAllBytes(project.resolve(picture.getKey())));
        }
        for (String file : FILES) {
            site.put(file, resource(file));
        }
        site.put("search.json", new ObjectMapper().writeValueAsBytes(site.sections));
    }

    private void write(String source, String target, String text) throws IOException {
        Markdown markdown = new Markdown(source, target, pages);
        String html = markdown.html(text);
        sections.addAll(SearchIndex.sections(target, text));
        Map<String, String> values = new TreeMap<>();
        values.put("TITLE", Markdown.escape(SearchIndex.title(text)));
        values.put("ROOT", "../".repeat((int) target.chars().filter(c -> c == '/').count()));
        values.put("BODY", html);
        String page = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            page = page.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        put(target, page.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves a file that is the same alone, so that a build does nothing anew for it. */
    private void put(String name, byte[] content) throws IOException {
        Path file = out.resolve(name);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("resource: " + name + " (expected: readable)", e);
        }
    }
}
