package dev.medzoo.serving.settings;

import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.PrivateFiles;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges file, environment and options and collects their faults. */
final class SettingsReader {
    private static final Logger logger = LoggerFactory.getLogger(SettingsReader.class);
    private static final String OWN = "MEDZOO_";
    private static final String DJL = "SERVING_";
    private static final String DEFAULT = "medzoo.default.";

    /** Variables of the launcher script and the store, which are not settings of the server. */
    private static final Set<String> OF_OTHERS =
            Set.of(
                    "MEDZOO_JAVA_OPTS",
                    "MEDZOO_CLASSES",
                    "MEDZOO_STORE_TOKEN",
                    "MEDZOO_KEY",
                    "MEDZOO_CERTIFICATE",
                    "MEDZOO_WHO",
                    TrustPolicy.VARIABLE,
                    TrustPolicy.DEFAULT_PROPERTY,
                    Store.DEFAULT_PROPERTY,
                    CacheFolder.VARIABLE,
                    CacheFolder.OFFLINE_VARIABLE);

    private static final Set<String> SECRETS = Set.of("keystore_pass");

    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Values with their source. */
    private record Value(String text, String where) {}

    SettingsReader(
            @Nullable Path file, Map<String, String> environment, Map<String, String> options) {
        defaults();
        if (file != null) {
            properties(file).forEach((key, text) -> put(key, text, "in " + file));
        }
        Map<String, String> sorted = new TreeMap<>(environment);
        sorted.forEach((name, text) -> fromDjl(name, text));
        sorted.forEach(
                (name, text) -> {
                    if (name.startsWith(OWN) && !OF_OTHERS.contains(name)) {
                        put(key(name, OWN), text, "in " + name);
                    }
                });
        new TreeMap<>(options).forEach(this::option);
    }

    /** The launcher's defaults have the lowest precedence. */
    private void defaults() {
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            if (name.startsWith(DEFAULT) && !OF_OTHERS.contains(name)) {
                String key = name.substring(DEFAULT.length());
                put(key, System.getProperty(name, ""), "in the default " + name);
            }
        }
    }

    /** Every process of the machine can see command-line options. */
    private void option(String key, String text) {
        if (SECRETS.contains(key)) {
            faults.add(
                    "%s: given as an option (expected: in a file or in %s%s, which other users cannot read)"
                            .formatted(key, OWN, key.toUpperCase(Locale.ROOT)));
        } else {
            put(key, text, "in the option " + key);
        }
    }

    /** An unknown DJL Serving variable may belong to another engine. */
    private void fromDjl(String name, String text) {
        String key = key(name, DJL);
        if (name.startsWith(DJL) && isKnown(key)) {
            put(key, text, "in " + name);
        }
    }

    private static String key(String variable, String prefix) {
        return variable.replaceFirst(prefix, "").toLowerCase(Locale.ROOT);
    }

    private static boolean isKnown(String key) {
        return Settings.ALL.containsKey(key)
                || Settings.SYNONYMS.containsKey(key)
                || Settings.WITHOUT_EFFECT.contains(key);
    }

    private Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try {
            // It says whom the server lets in.
            String fault = PrivateFiles.fault(file);
            if (fault != null) {
                faults.add("config: " + fault);
            }
            String text = Files.readString(file);
            // Some editors begin every file with a byte order mark.
            properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (IOException | IllegalArgumentException e) {
            faults.add("%s: %s (expected: a readable properties file)".formatted(file, e));
        }
        Map<String, String> sorted = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            sorted.put(key, properties.getProperty(key));
        }
        return sorted;
    }

    private void put(String name, String text, String where) {
        String key = Settings.SYNONYMS.getOrDefault(name, name);
        if (Settings.WITHOUT_EFFECT.contains(key.toLowerCase(Locale.ROOT))) {
            logger.warn("{}: set {}, but has no effect on this server", key, where);
        } else if (Settings.ALL.containsKey(key)) {
            values.put(key, new Value(text.strip(), where));
        } else {
            faults.add(
                    "%s: unknown setting %s (expected one of: %s)"
                            .formatted(name, where, Settings.ALL.keySet()));
        }
    }

    /** Whether it is set. */
    boolean isSet(Setting<?> setting) {
        return values.containsKey(setting.key());
    }

    /** The source of its value, or null when it is not set. */
    @Nullable String where(Setting<?> setting) {
        Value value = values.get(setting.key());
        return value == null ? null : value.where();
    }

    /**
     * Its value, or the default when it is not set or invalid. {@link #faults} lists invalid
     * values.
     */
    <T> T get(Setting<T> setting) {
        T set = orNull(setting);
        return set == null ? setting.read(setting.usual()) : set;
    }

    /** Its value, or null when it is not set. */
    <T> @Nullable T orNull(Setting<T> setting) {
        Value value = values.get(setting.key());
        if (value == null) {
            return null;
        }
        try {
            if (!value.text().isEmpty()) {
                return setting.read(value.text());
            }
            complain(setting, "blank");
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            if (isOfAnother(why, setting)) {
                addOnce(why);
            } else {
                complain(setting, value.text());
            }
        }
        return null;
    }

    /** A store over a network needs a cache, which another setting names. */
    private static boolean isOfAnother(String why, Setting<?> setting) {
        return why.contains(" (expected: ") && !why.startsWith(setting.key() + ":");
    }

    /** Its value, or the given one when it is not set. */
    <T> T orElse(Setting<T> setting, T usual) {
        T set = orNull(setting);
        return set == null ? usual : set;
    }

    /** The raw texts of those settings that are set. */
    Map<String, String> texts(List<String> keys) {
        Map<String, String> texts = new TreeMap<>();
        for (String key : keys) {
            Value value = values.get(key);
            if (value != null) {
                texts.put(key, value.text());
            }
        }
        return texts;
    }

    /** Adds a fault of several settings. */
    void fault(String message) {
        faults.add(message);
    }

    /** Whoever writes a user's name into an address writes a password too: it reaches no log. */
    private void complain(Setting<?> setting, String text) {
        Value value = values.get(setting.key());
        String where = value == null ? "" : " " + value.where();
        String seen = text.replaceFirst("//\\S*@", "//…@");
        addOnce(
                "%s: %s%s (expected: %s)"
                        .formatted(setting.key(), seen, where, setting.expected()));
    }

    private void addOnce(String fault) {
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /**
     * @throws SettingsException when there were faults
     */
    void check() throws SettingsException {
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }
}
