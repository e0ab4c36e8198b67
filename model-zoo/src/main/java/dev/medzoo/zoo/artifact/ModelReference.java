package dev.medzoo.zoo.artifact;

import dev.medzoo.zoo.format.PortablePath;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a model as people write it: {@code pretrained-skin}, {@code pretrained-skin/1.0.0}
 * or {@code pretrained-skin@candidate}. Without version and alias it means {@value #STABLE}.
 *
 * @param name of the artifact
 * @param version exactly this one, or null
 * @param alias what the store's index says it points to, or null
 */
public record ModelReference(String name, @Nullable Version version, @Nullable String alias) {
    /** The alias of a reference that has none. */
    public static final String STABLE = "stable";

    private static final String WORD = "[a-z0-9]+(?:-[a-z0-9]+)*";
    private static final Pattern NAME = Pattern.compile(WORD);
    private static final Pattern FORM =
            Pattern.compile("(%s)(?:/([0-9.]+)|@(%s))?".formatted(WORD, WORD));
    private static final int LONGEST_NAME = 64;

    /** Reserved folder names of a store. */
    private static final Set<String> TAKEN = Set.of("history", "signatures");

    public ModelReference {
        checkName(name);
        if (alias != null) {
            checkName(alias);
        }
        if (version != null && alias != null) {
            throw new IllegalArgumentException(
                    "model reference: %s/%s@%s (expected: a version or an alias, not both)"
                            .formatted(name, version, alias));
        }
    }

    /** That version of that artifact. */
    public ModelReference(String name, Version version) {
        this(name, version, null);
    }

    /**
     * Reads any of the three forms.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ModelReference parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "model reference: "
                            + text
                            + " (expected: name, name/1.0.0 or name@alias, in lower case)");
        }
        String version = parts.group(2);
        return new ModelReference(
                parts.group(1), version == null ? null : Version.parse(version), parts.group(3));
    }

    /**
     * Refuses a name that is not valid as folder, artifact and alias on every system.
     *
     * @throws IllegalArgumentException naming it
     */
    public static void checkName(String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: %s (expected: words of a-z and 0-9 joined by '-', at most %d characters)"
                            .formatted(name, LONGEST_NAME));
        }
        if (PortablePath.namesDevice(name) || TAKEN.contains(name)) {
            throw new IllegalArgumentException(
                    "name: %s (expected: neither a device on Windows nor one of %s)"
                            .formatted(name, new TreeSet<>(TAKEN)));
        }
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        if (version != null) {
            return name + "/" + version;
        }
        return alias != null ? name + "@" + alias : name;
    }
}
