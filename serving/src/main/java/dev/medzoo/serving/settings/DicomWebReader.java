package dev.medzoo.serving.settings;

import dev.medzoo.serving.dicomweb.DicomWebSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the DICOMweb settings. They need the server's address. */
final class DicomWebReader {
    private static final List<Setting<?>> OTHERS =
            List.of(
                    Settings.DICOMWEB_MODEL,
                    Settings.DICOMWEB_STATE,
                    Settings.DICOMWEB_QUERY,
                    Settings.DICOMWEB_INTERVAL,
                    Settings.DICOMWEB_PAGE_SIZE,
                    Settings.DICOMWEB_MAX_INSTANCES,
                    Settings.DICOMWEB_TIMEOUT,
                    Settings.DICOMWEB_TOKEN_FILE,
                    Settings.DICOMWEB_CA_FILE);

    private final SettingsReader from;

    DicomWebReader(SettingsReader from) {
        this.from = from;
    }

    /** Null when no server is configured, or its settings are invalid. */
    @Nullable DicomWebSettings dicomWeb() {
        URI root = from.orNull(Settings.DICOMWEB);
        if (root == null) {
            if (!from.isSet(Settings.DICOMWEB)) {
                OTHERS.stream().filter(from::isSet).forEach(this::alone);
            }
            return null;
        }
        String model = needed(Settings.DICOMWEB_MODEL, "a model");
        String state = needed(Settings.DICOMWEB_STATE, "a folder");
        if (model == null || state == null) {
            return null;
        }
        String[] parts = model.split("/", 2);
        return new DicomWebSettings(
                root,
                from.orElse(Settings.DICOMWEB_QUERY, ""),
                parts[0],
                parts.length == 1 ? null : parts[1],
                Path.of(state),
                path(Settings.DICOMWEB_TOKEN_FILE),
                path(Settings.DICOMWEB_CA_FILE),
                from.get(Settings.DICOMWEB_INTERVAL),
                from.get(Settings.DICOMWEB_TIMEOUT),
                from.get(Settings.DICOMWEB_PAGE_SIZE),
                from.get(Settings.DICOMWEB_MAX_INSTANCES),
                from.get(Settings.MAX_REQUEST_SIZE));
    }

    private void alone(Setting<?> setting) {
        from.fault("%s: set without dicomweb (expected: both)".formatted(setting.key()));
    }

    private @Nullable String needed(Setting<String> setting, String expected) {
        if (!from.isSet(setting)) {
            from.fault(
                    "%s: none (expected: %s, as dicomweb is set)"
                            .formatted(setting.key(), expected));
        }
        return from.orNull(setting);
    }

    private @Nullable Path path(Setting<String> setting) {
        String text = from.orNull(setting);
        return text == null ? null : Path.of(text);
    }
}
