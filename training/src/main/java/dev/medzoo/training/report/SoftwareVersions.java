package dev.medzoo.training.report;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Software versions by name, needed to reproduce a result. */
public final class SoftwareVersions {
    /** Written by the build, next to this class. */
    private static final String BUILD = "build.properties";

    private SoftwareVersions() {}

    /** {@code java}, {@code djl}, {@code pytorch} and the {@code commit} of medzoo itself. */
    public static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("java", Runtime.version().toString());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("pytorch", Engine.getEngine("PyTorch").getVersion());
        versions.put("commit", commit());
        return versions;
    }

    /**
     * The commit; ends in {@code -dirty} if the sources had changes; unknown outside a checkout.
     */
    private static String commit() {
        try (InputStream in = SoftwareVersions.class.getResourceAsStream(BUILD)) {
            Properties build = new Properties();
            if (in != null) {
                build.load(in);
            }
            return build.getProperty("git.commit.id.describe", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
