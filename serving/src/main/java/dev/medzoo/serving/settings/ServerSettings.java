package dev.medzoo.serving.settings;

import dev.medzoo.serving.access.TokenSettings;
import dev.medzoo.serving.api.ApiSettings;
import dev.medzoo.serving.audit.AuditSettings;
import dev.medzoo.serving.dicomweb.DicomWebSettings;
import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.HttpSettings;
import dev.medzoo.serving.predict.PredictionSettings;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.traffic.ModelSettings;
import dev.medzoo.serving.traffic.StoreSettings;
import dev.medzoo.serving.watch.WatchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a server, read once and validated together. {@code docs/operations.md} describes
 * each.
 *
 * @param management the inference address when nothing else is set
 * @param grpc null where there is no gRPC
 * @param tls null where no address is https
 * @param maxPictures of one request of the Open Inference Protocol
 * @param hasPage whether there is a page at {@code /} and a console
 * @param audit null where nothing is kept
 * @param dicomWeb null where no DICOMweb server is watched
 * @param drainTimeout for what has begun when something ends
 * @param stopDelay between saying that it stops and stopping
 */
public record ServerSettings(
        Address inference,
        Address management,
        @Nullable Address grpc,
        @Nullable TlsSettings tls,
        HttpSettings http,
        TokenSettings tokens,
        StoreSettings store,
        ModelSettings models,
        PredictionSettings predictions,
        ApiSettings api,
        int maxPictures,
        boolean hasPage,
        WatchSettings watch,
        @Nullable AuditSettings audit,
        @Nullable DicomWebSettings dicomWeb,
        Duration drainTimeout,
        Duration stopDelay) {

    /**
     * Reads the settings. Options override the environment, which overrides the file.
     *
     * @param file a properties file, or null when there is none
     * @param environment as {@link System#getenv()} gives it; only {@code MEDZOO_…} and {@code
     *     SERVING_…} are looked at, the first before the second
     * @param options by name, such as {@code port}
     * @throws SettingsException with every unknown name and every wrong value of all three places
     */
    public static ServerSettings read(
            @Nullable Path file, Map<String, String> environment, Map<String, String> options)
            throws SettingsException {
        SettingsReader reader = new SettingsReader(file, environment, options);
        ServerSettings settings = new SettingGroups(reader).all();
        reader.check();
        return settings;
    }
}
