package dev.medzoo.serving.settings;

import dev.medzoo.serving.access.TokenSettings;
import dev.medzoo.serving.api.ApiSettings;
import dev.medzoo.serving.api.Compatibility;
import dev.medzoo.serving.audit.AuditSettings;
import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.AllowedHosts;
import dev.medzoo.serving.http.HttpLimits;
import dev.medzoo.serving.http.HttpSettings;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionSettings;
import dev.medzoo.serving.predict.TrafficOptions;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.traffic.ModelSettings;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.serving.traffic.StoreSettings;
import dev.medzoo.serving.watch.WatchSettings;
import dev.medzoo.serving.work.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Groups settings by their users, and validates those that depend on each other. */
final class SettingGroups {
    private final SettingsReader from;
    private final boolean isStrict;

    SettingGroups(SettingsReader from) {
        this.from = from;
        this.isStrict = from.get(Settings.STRICT);
    }

    ServerSettings all() {
        Address inference = inference();
        Address other = from.orNull(Settings.MANAGEMENT_ADDRESS);
        Address management = other == null ? inference : other;
        return new ServerSettings(
                inference,
                management,
                grpc(inference.isTls()),
                inference.isTls() || management.isTls() ? tls() : null,
                http(),
                tokens(),
                store(),
                models(),
                predictions(),
                api(),
                from.get(Settings.MAX_PICTURES),
                from.get(Settings.PAGE),
                watch(),
                audit(),
                new DicomWebReader(from).dicomWeb(),
                from.get(Settings.DRAIN_TIMEOUT),
                from.get(Settings.STOP_DELAY));
    }

    private Address inference() {
        Address address = from.get(Settings.INFERENCE_ADDRESS);
        String host = from.isSet(Settings.HOST) ? from.get(Settings.HOST) : address.host();
        int port = from.isSet(Settings.PORT) ? from.get(Settings.PORT) : address.port();
        return new Address(address.isTls(), host, port);
    }

    private @Nullable Address grpc(boolean isTls) {
        int port = from.get(Settings.GRPC_PORT);
        return port < 0 ? null : new Address(isTls, from.get(Settings.GRPC_ADDRESS), port);
    }

    private @Nullable TlsSettings tls() {
        try {
            return TlsSettings.of(from.texts(TlsSettings.KEYS));
        } catch (IllegalArgumentException e) {
            from.fault(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private HttpSettings http() {
        return new HttpSettings(
                from.get(Settings.NETTY_THREADS),
                limits(),
                from.orElse(Settings.ALLOWED_HOSTS, new AllowedHosts(Set.of())),
                isStrict ? 0 : from.get(Settings.CLIENT_RATE),
                from.get(Settings.CLIENT_BURST),
                from.get(Settings.REQUEST_ID_HEADER),
                cors());
    }

    private HttpLimits limits() {
        return new HttpLimits(
                from.get(Settings.MAX_REQUEST_SIZE),
                from.get(Settings.MAX_HEADER_SIZE),
                from.get(Settings.REQUEST_READ_TIMEOUT),
                from.get(Settings.IDLE_TIMEOUT),
                from.get(Settings.MAX_CONNECTIONS),
                from.get(Settings.MAX_CONNECTIONS_PER_ADDRESS),
                from.get(Settings.LEAST_DOWNLOAD_RATE));
    }

    private Map<String, String> cors() {
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

    private TokenSettings tokens() {
        String file = from.orNull(Settings.TOKENS_FILE);
        boolean isRequired = from.get(Settings.REQUIRE_TOKEN);
        if (isRequired && !from.isSet(Settings.TOKENS_FILE)) {
            from.fault("tokens_file: none (expected: a file, as require_token is true)");
        }
        return new TokenSettings(file == null ? null : Path.of(file), isRequired);
    }

    private StoreSettings store() {
        return new StoreSettings(
                from.orNull(Settings.STORE),
                from.where(Settings.STORE),
                from.orElse(Settings.STORE_REDIRECTS, Set.of()),
                from.get(Settings.STORE_REFRESH));
    }

    private ModelSettings models() {
        String load = from.get(Settings.LOAD_MODELS);
        int cores = from.get(Settings.CORES_USED);
        return new ModelSettings(
                load.equalsIgnoreCase("ALL"),
                registrations(load),
                from.get(Settings.WAIT_MODEL_LOADING),
                from.get(Settings.RUNTIME),
                from.get(Settings.EXPLANATION_METHOD),
                cores,
                threads(cores),
                pools(),
                from.get(Settings.MAX_PIXELS));
    }

    private List<Registration> registrations(String load) {
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

    private int threads(int cores) {
        int threads = from.get(Settings.THREADS);
        if (threads > cores) {
            from.fault(
                    "threads: %d (expected: 1..%d, the number of cores)".formatted(threads, cores));
        }
        return Math.min(threads, cores);
    }

    private PoolOptions pools() {
        int workers = from.get(Settings.WORKERS);
        return new PoolOptions(
                Math.min(from.get(Settings.MIN_WORKERS), workers),
                workers,
                from.get(Settings.JOB_QUEUE_SIZE),
                from.get(Settings.BATCH_SIZE),
                from.get(Settings.MAX_BATCH_DELAY),
                from.get(Settings.MAX_IDLE_TIME),
                from.get(Settings.MAX_WAIT),
                isStrict);
    }

    private PredictionSettings predictions() {
        return new PredictionSettings(
                from.get(Settings.REQUEST_TIMEOUT),
                from.get(Settings.REFUSE_UNLIKE),
                new TrafficOptions(
                        from.get(Settings.CANDIDATE_SHARE),
                        from.get(Settings.SHADOW_SHARE),
                        isStrict));
    }

    private ApiSettings api() {
        return new ApiSettings(
                new PredictionRequestReader(from.get(Settings.ROUTING_KEY_HEADER)),
                compatibility(),
                from.get(Settings.PROMETHEUS),
                from.get(Settings.ASYNC_RESULTS),
                from.get(Settings.ASYNC_RESULTS_OF_ONE),
                from.get(Settings.ASYNC_RESULT_TIME),
                from.get(Settings.STORE_DOWNLOADS),
                from.get(Settings.MAX_PARTS));
    }

    private Compatibility compatibility() {
        int bad = from.get(Settings.BAD_REQUEST_CODE);
        int throttle = from.get(Settings.THROTTLE_ERROR_CODE);
        int timeout = from.get(Settings.TIMEOUT_CODE);
        boolean djlTimeout = isStrict && !from.isSet(Settings.TIMEOUT_CODE);
        return new Compatibility(
                isStrict,
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

    private WatchSettings watch() {
        return new WatchSettings(
                from.get(Settings.ACCESS_LOG),
                otlp(),
                from.orNull(Settings.ERROR_RATE_WLM),
                from.orNull(Settings.ERROR_RATE_SERVER),
                from.orNull(Settings.ERROR_RATE_ANY));
    }

    private @Nullable URI otlp() {
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

    private @Nullable AuditSettings audit() {
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
}
