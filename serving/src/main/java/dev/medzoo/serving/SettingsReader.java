package dev.medzoo.serving;

import dev.medzoo.zoo.sign.Trust;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lays file, environment and options over each other and collects what is wrong with them. */
final class SettingsReader {
    private static final String PREFIX = "MEDZOO_";
    private static final String HOST = "host";
    private static final String STORE = "store";

    /** Variables of the launcher script and the store, which are none of the server's settings. */
    private static final Set<String> OF_OTHERS =
            Set.of(
                    "MEDZOO_JAVA_OPTS",
                    "MEDZOO_KEY",
                    "MEDZOO_CERTIFICATE",
                    "MEDZOO_WHO",
                    Trust.VARIABLE,
                    CacheFolder.VARIABLE,
                    CacheFolder.OFFLINE_VARIABLE);

    private static final Set<String> KEYS = keys();

    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /** What was set, and where. */
    private record Value(String text, String where) {}

    SettingsReader(
            @Nullable Path file, Map<String, String> environment, Map<String, String> options) {
        if (file != null) {
            properties(file).forEach((key, text) -> put(key, text, "in " + file));
        }
        new TreeMap<>(environment)
                .forEach(
                        (name, text) -> {
                            if (name.startsWith(PREFIX) && !OF_OTHERS.contains(name)) {
                                String key = name.substring(PREFIX.length());
                                put(key.toLowerCase(Locale.ROOT), text, "in " + name);
                            }
                        });
        new TreeMap<>(options).forEach((key, text) -> put(key, text, "in the option " + key));
    }

    ServerSettings settings() throws SettingsException {
        String host = text(HOST, "127.0.0.1");
        String store = store();
        int port = number(Setting.PORT);
        int workers = number(Setting.WORKERS);
        int threads = number(Setting.THREADS);
        int jobQueueSize = number(Setting.JOB_QUEUE_SIZE);
        int maxRequestBytes = number(Setting.MAX_REQUEST_SIZE);
        Duration drainTimeout = Duration.ofSeconds(number(Setting.DRAIN_TIMEOUT));
        Duration idleTimeout = Duration.ofSeconds(number(Setting.IDLE_TIMEOUT));
        Duration storeRefresh = Duration.ofSeconds(number(Setting.STORE_REFRESH));
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return new ServerSettings(
                host,
                port,
                store,
                workers,
                threads,
                jobQueueSize,
                maxRequestBytes,
                drainTimeout,
                idleTimeout,
                storeRefresh);
    }

    private Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            faults.add("%s: %s (expected: a readable properties file)".formatted(file, e));
        }
        Map<String, String> sorted = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            sorted.put(key, properties.getProperty(key));
        }
        return sorted;
    }

    private void put(String key, String text, String where) {
        if (KEYS.contains(key)) {
            values.put(key, new Value(text.strip(), where));
        } else {
            faults.add("%s: unknown setting %s (expected one of: %s)".formatted(key, where, KEYS));
        }
    }

    private String text(String key, String usual) {
        Value value = values.get(key);
        if (value == null) {
            return usual;
        }
        if (value.text().isEmpty()) {
            faults.add("%s: blank %s (expected: a value)".formatted(key, value.where()));
            return usual;
        }
        return value.text();
    }

    private @Nullable String store() {
        Value value = values.get(STORE);
        if (value == null) {
            return null;
        }
        try {
            Store.open(value.text());
        } catch (IllegalArgumentException e) {
            faults.add("%s, %s".formatted(e.getMessage(), value.where()));
        }
        return value.text();
    }

    private int number(Setting setting) {
        Value value = values.get(setting.key());
        if (value == null) {
            return setting.usual();
        }
        try {
            long number = Long.parseLong(value.text());
            if (setting.allows(number)) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            // Reported with the numbers that are out of range.
        }
        faults.add(
                "%s: %s %s (expected: %s)"
                        .formatted(setting.key(), value.text(), value.where(), setting.expected()));
        return setting.usual();
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(List.of(HOST, STORE));
        for (Setting setting : Setting.values()) {
            keys.add(setting.key());
        }
        return keys;
    }
}
