package dev.medzoo.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which file of the project becomes which file of the site.
 *
 * @param pages Markdown to HTML, both relative, by source
 * @param pictures what pages show, by source
 */
record Sources(Map<String, String> pages, Map<String, String> pictures) {
    private static final Map<String, String> NAMED =
            Map.of(
                    "README.md", "overview.html",
                    "CONTRIBUTING.md", "contributing.html",
                    "CHANGELOG.md", "changelog.html",
                    "SECURITY.md", "security.html",
                    "examples/README.md", "examples.html",
                    "benchmarks/README.md", "benchmarks.html",
                    "model-store/README.md", "licences.html");

    static Sources of(Path project) throws IOException {
        Map<String, String> pages = new TreeMap<>(NAMED);
        Map<String, String> pictures = new TreeMap<>();
        for (String folder : new String[] {"docs", "studies"}) {
            try (Stream<Path> files = Files.walk(project.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = project.relativize(file).toString().replace('\\', '/');
                    if (name.endsWith(".md")) {
                        pages.put(name, target(name));
                    } else if (name.matches(".*\\.(svg|png|jpg)")) {
                        pictures.put(name, target(name));
                    }
                }
            }
        }
        return new Sources(pages, pictures);
    }

    /** The folder {@code docs} is the site's root, and a folder's README its index. */
    private static String target(String name) {
        return name.replaceFirst("^docs/", "")
                .replaceFirst("README\\.md$", "index.html")
                .replaceFirst("\\.md$", ".html");
    }

    /** Where a link to a file leads. */
    Map<String, String> targets() {
        Map<String, String> all = new TreeMap<>(pages);
        all.putAll(pictures);
        return all;
    }
}
