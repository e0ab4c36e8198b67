package dev.medzoo.serving.traffic;

import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to serve a model.
 *
 * @param name to serve it under
 * @param source reference in the store; without a version it follows its alias
 * @param numbers pool options by DJL Serving's names in {@code serving.properties}, which they
 *     override
 */
public record Registration(String name, ModelReference source, Map<String, Integer> numbers) {
    /** What clients of DJL Serving call theirs, too, such as ResNet50 or resnet_18. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final String SCHEME = "medzoo://";

    /** DJL Serving's {@code [name:version:engine:devices]=url}, or the last part of it alone. */
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([^:\\]]*)(?::([^:\\]]*))?[^\\]]*\\]=)?(.+)");

    public Registration {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: %s (expected: 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first)"
                            .formatted(name));
        }
        numbers = Map.copyOf(numbers);
    }

    /** Registers under the artifact's own name, with the file's pool options. */
    public static Registration of(ModelReference source) {
        return new Registration(source.name(), source, Map.of());
    }

    /**
     * Parses an entry of {@code load_models}, such as {@code pretrained-skin}, {@code
     * medzoo://pretrained-skin@candidate} or {@code [skin]=medzoo://pretrained-skin/1.0.0}.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public static Registration parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "model: blank (expected: ALL, NONE, or names of models)");
        }
        ModelReference source = source(parts.group(3));
        String version = parts.group(2);
        if (version != null && !version.isEmpty()) {
            source = withVersion(source, version);
        }
        String name = parts.group(1);
        return new Registration(
                name == null || name.isEmpty() ? source.name() : name, source, Map.of());
    }

    /**
     * Parses the URL of a model in the store.
     *
     * @param url with or without {@code medzoo://}
     * @throws IllegalArgumentException when it is none
     */
    public static ModelReference source(String url) {
        return ModelReference.parse(url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : url);
    }

    /**
     * Adds a separately named version to the source.
     *
     * @throws IllegalArgumentException when it is none, or the source says another
     */
    public static ModelReference withVersion(ModelReference source, String version) {
        Version named = Version.parse(version);
        if (source.alias() != null
                || (source.version() != null && !source.version().equals(named))) {
            throw new IllegalArgumentException(
                    "%s beside %s (expected: the same, or one of them)".formatted(version, source));
        }
        return new ModelReference(source.name(), named);
    }
}
