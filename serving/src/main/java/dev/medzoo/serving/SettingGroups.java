package dev.medzoo.serving;

import dev.medzoo.serving.Settings.Address;
import dev.medzoo.serving.api.Compatibility;
import dev.medzoo.serving.audit.AuditSettings;
import dev.medzoo.serving.http.HttpLimits;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.serving.work.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings that only mean something together, and what is wrong with them together. */
final class SettingGroups {
    private SettingGroups() {}

    static Address inference(SettingsReader from) {
        Address whole = from.get(Settings.INFERENCE_ADDRESS);
        String host = from.isSet(Settings.HOST) ? from.get(Settings.HOST) : whole.host();
        int port = from.isSet(Settings.PORT) ? from.get(Settings.PORT) : whole.port();
        return new Address(whole.isTls(), host, port);
    }

    static @Nullable Address grpc(SettingsReader from, boolean isTls) {
        int port = from.get(Settings.GRPC_PORT);
        return port < 0 ? null : new Address(isTls, from.get(Settings.GRPC_ADDRESS), port);
    }

    static List<Registration> registrations(SettingsReader from, String load) {
        List<Registration> registrations = new ArrayList<>();
        if (load.equalsIgnoreCase("ALL") || load.equalsIgnoreCase("NONE")) {
            return registrations;
        }
        for (String each : load.split(",", -1)) {
            try {
                registrations.add(Registration.parse(each.strip()));
            } catch (IllegalArgumentException e) {
                from.fault("load_models: " + e.getMessage());
            }
        }
        return registrations;
    }

    static int threads(SettingsReader from, int cores) {
        int threads = from.get(Settings.THREADS);
        if (threads > cores) {
            from.fault("threads: %d (expected: 1..%d, the cores)".formatted(threads, cores));
        }
        return Math.min(threads, cores);
    }

    static PoolOptions pools(SettingsReader from, boolean strict) {
        int workers = from.get(Settings.WORKERS);
        return new PoolOptions(
                Math.min(from.get(Settings.MIN_WORKERS), workers),
                workers,
                from.get(Settings.JOB_QUEUE_SIZE),
                from.get(Settings.BATCH_SIZE),
                from.get(Settings.MAX_BATCH_DELAY),
                from.get(Settings.MAX_IDLE_TIME),
                from.get(Settings.MAX_WAIT),
                strict);
    }

    static HttpLimits limits(SettingsReader from) {
        return new HttpLimits(
                from.get(Settings.MAX_REQUEST_SIZE),
                from.get(Settings.MAX_HEADER_SIZE),
                from.get(Settings.REQUEST_READ_TIMEOUT),
                from.get(Settings.IDLE_TIMEOUT),
                from.get(Settings.MAX_CONNECTIONS),
                from.get(Settings.MAX_CONNECTIONS_PER_ADDRESS),
                from.get(Settings.LEAST_DOWNLOAD_RATE));
    }

    static boolean requireToken(SettingsReader from) {
        boolean required = from.get(Settings.REQUIRE_TOKEN);
        if (required && !from.isSet(Settings.TOKENS_FILE)) {
            from.fault("tokens_file: none (expected: a file, as require_token is true)");
        }
        return required;
    }

    static @Nullable TlsSettings tls(SettingsReader from) {
        try {
            return TlsSettings.of(from.texts(TlsSettings.KEYS));
        } catch (IllegalArgumentException e) {
            from.fault(String.valueOf(e.getMessage()));
            return null;
        }
    }

    static @Nullable URI otlp(SettingsReader from) {
        String text = from.orNull(Settings.OTLP_ENDPOINT);
        if (text == null) {
            return null;
        }
        try {
            Address.parse(text);
        } catch (IllegalArgumentException e) {
            from.fault("otlp_endpoint: " + text + " (expected: http(s)://host:port)");
        }
        return URI.create(text);
    }

    static @Nullable AuditSettings audit(SettingsReader from) {
        String file = from.orNull(Settings.AUDIT_FILE);
        String key = from.orNull(Settings.AUDIT_KEY_FILE);
        if (file == null && key == null) {
            return null;
        }
        if (file == null || key == null) {
            from.fault("audit_file, audit_key_file: one alone (expected: both or none)");
            return null;
        }
        return new AuditSettings(
                Path.of(file),
                Path.of(key),
                from.get(Settings.AUDIT_ROTATE_BYTES),
                true,
                AuditSettings.QUEUE_SIZE);
    }

    static Compatibility compatibility(SettingsReader from, boolean strict) {
        int bad = from.get(Settings.BAD_REQUEST_CODE);
        int throttle = from.get(Settings.THROTTLE_ERROR_CODE);
        int timeout = from.get(Settings.TIMEOUT_CODE);
        boolean djlTimeout = strict && !from.isSet(Settings.TIMEOUT_CODE);
        return new Compatibility(
                strict,
                from.get(Settings.ALLOW_MULTI_STATUS),
                Map.of(
                        Kind.BAD_REQUEST,
                        bad,
                        Kind.UNREADABLE_PICTURE,
                        bad,
                        Kind.QUEUE_FULL,
                        throttle,
                        Kind.OVERLOADED,
                        throttle,
                        Kind.NO_WORKERS,
                        from.get(Settings.WLM_ERROR_CODE),
                        Kind.NOT_READY,
                        from.get(Settings.WLM_ERROR_CODE),
                        Kind.DEADLINE_EXCEEDED,
                        djlTimeout ? 400 : timeout,
                        Kind.FAILED,
                        from.get(Settings.SERVER_ERROR_CODE)));
    }

    static Map<String, String> cors(SettingsReader from) {
        Map<String, String> headers = new TreeMap<>();
        String prefix = "access-control-allow-";
        Map.of(
                        "origin", Settings.CORS_ORIGIN,
                        "methods", Settings.CORS_METHODS,
                        "headers", Settings.CORS_HEADERS)
                .forEach(
                        (name, setting) -> {
                            String value = from.orNull(setting);
                            if (value != null) {
                                headers.put(prefix + name, value);
                            }
                        });
        return headers;
    }
}
