package dev.medzoo.batch.score;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars that executors on other machines need: this module's, and those beside it. */
final class ScoreJars {
    private static final Pattern VERSION = Pattern.compile("-[0-9].*");

    private ScoreJars() {}

    /**
     * Lists them; none where this runs from classes in a folder, and not from a jar.
     *
     * @throws IOException if one that is needed is not beside this module's jar
     */
    static List<String> beside() throws IOException {
        CodeSource code = ScoreJars.class.getProtectionDomain().getCodeSource();
        URL place = code == null ? null : code.getLocation();
        if (place == null || !place.getPath().endsWith(".jar")) {
            return List.of();
        }
        try {
            Path own = Path.of(place.toURI());
            List<String> jars = new ArrayList<>();
            jars.add(own.toString());
            for (String name : names()) {
                jars.add(named(own, name).toString());
            }
            return jars;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Whoever packs them may have another version of a library that others want too. */
    private static Path named(Path own, String name) throws IOException {
        Path jar = own.resolveSibling(name);
        if (Files.exists(jar)) {
            return jar;
        }
        String artifact = VERSION.matcher(name).replaceFirst("");
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(own.resolveSibling("."), artifact + "-[0-9]*.jar")) {
            for (Path each : all) {
                return each.normalize();
            }
        }
        throw new IOException(
                "%s: absent (expected: beside %s)".formatted(name, own.getFileName()));
    }

    private static List<String> names() throws IOException {
        try (InputStream in = ScoreJars.class.getResourceAsStream("jars.txt")) {
            if (in == null) {
                throw new IOException("jars.txt: absent (expected: in medzoo-batch's jar)");
            }
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.of(all.split(":", -1))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .filter(name -> !name.startsWith("medzoo-models-"))
                    .toList();
        }
    }
}
