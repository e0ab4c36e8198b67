package dev.medzoo.serving;

import dev.medzoo.serving.Settings.Address;
import dev.medzoo.serving.api.Compatibility;
import dev.medzoo.serving.audit.AuditSettings;
import dev.medzoo.serving.http.HttpLimits;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.serving.traffic.TrafficOptions;
import dev.medzoo.serving.work.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a server, read once and checked together. What each means,
 * {@code docs/operations.md} tells.
 */
public final class ServerSettings {
    final Address inference;

    /** The inference address when nothing else is set. */
    final Address management;

    /** Null where there is no gRPC. */
    final @Nullable Address grpc;

    final int nettyThreads;
    final @Nullable String store;
    final Duration storeRefresh;
    final boolean isEverythingLoaded;
    final List<Registration> registrations;
    final boolean isLoadingAwaited;
    final TrafficOptions traffic;
    final String routingKeyHeader;
    final int cores;
    final int threads;
    final PoolOptions pools;
    final Duration requestTimeout;
    final Duration drainTimeout;
    final int asyncResults;
    final Duration asyncResultTime;
    final HttpLimits limits;
    final int maxParts;
    final int maxPictures;
    final int maxPixels;
    final int clientRate;
    final int clientBurst;
    final @Nullable Path tokensFile;
    final boolean isTokenRequired;

    /** Null where no address is https. */
    final @Nullable TlsSettings tls;

    final boolean isPrometheus;
    final boolean isAccessLogged;
    final @Nullable URI otlpEndpoint;
    final @Nullable AuditSettings audit;
    final Compatibility compatibility;
    final String requestIdHeader;
    final Map<String, String> corsHeaders;

    private ServerSettings(SettingsReader from) {
        boolean strict = from.get(Settings.STRICT);
        inference = inference(from);
        Address other = from.orNull(Settings.MANAGEMENT_ADDRESS);
        management = other == null ? inference : other;
        grpc = grpc(from, inference.isTls());
        nettyThreads = from.get(Settings.NETTY_THREADS);
        store = from.orNull(Settings.STORE);
        storeRefresh = from.get(Settings.STORE_REFRESH);
        String load = from.get(Settings.LOAD_MODELS);
        isEverythingLoaded = load.equalsIgnoreCase("ALL");
        registrations = registrations(from, load);
        isLoadingAwaited = from.get(Settings.WAIT_MODEL_LOADING);
        drainTimeout = from.get(Settings.DRAIN_TIMEOUT);
        traffic =
                new TrafficOptions(
                        from.get(Settings.CANDIDATE_SHARE),
                        from.get(Settings.SHADOW_SHARE),
                        strict);
        routingKeyHeader = from.get(Settings.ROUTING_KEY_HEADER);
        cores = from.get(Settings.CORES_USED);
        threads = threads(from, cores);
        pools = pools(from, strict);
        requestTimeout = from.get(Settings.REQUEST_TIMEOUT);
        asyncResults = from.get(Settings.ASYNC_RESULTS);
        asyncResultTime = from.get(Settings.ASYNC_RESULT_TIME);
        limits = limits(from);
        maxParts = from.get(Settings.MAX_PARTS);
        maxPictures = from.get(Settings.MAX_PICTURES);
        maxPixels = from.get(Settings.MAX_PIXELS);
        clientRate = strict ? 0 : from.get(Settings.CLIENT_RATE);
        clientBurst = from.get(Settings.CLIENT_BURST);
        String tokens = from.orNull(Settings.TOKENS_FILE);
        tokensFile = tokens == null ? null : Path.of(tokens);
        isTokenRequired = requireToken(from);
        tls = inference.isTls() || management.isTls() ? tls(from) : null;
        isPrometheus = from.get(Settings.PROMETHEUS);
        isAccessLogged = from.get(Settings.ACCESS_LOG);
        otlpEndpoint = otlp(from);
        audit = audit(from);
        compatibility = compatibility(from, strict);
        requestIdHeader = from.get(Settings.REQUEST_ID_HEADER);
        corsHeaders = cors(from);
    }

    /**
     * Reads the settings from three places. An option goes before the environment, and that before
     * the file.
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
        ServerSettings settings = new ServerSettings(reader);
        reader.check();
        return settings;
    }

    private static Address inference(SettingsReader from) {
        Address whole = from.get(Settings.INFERENCE_ADDRESS);
        String host = from.isSet(Settings.HOST) ? from.get(Settings.HOST) : whole.host();
        int port = from.isSet(Settings.PORT) ? from.get(Settings.PORT) : whole.port();
        return new Address(whole.isTls(), host, port);
    }

    private static @Nullable Address grpc(SettingsReader from, boolean isTls) {
        int port = from.get(Settings.GRPC_PORT);
        return port < 0 ? null : new Address(isTls, from.get(Settings.GRPC_ADDRESS), port);
    }

    private static List<Registration> registrations(SettingsReader from, String load) {
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

    private static int threads(SettingsReader from, int cores) {
        int threads = from.get(Settings.THREADS);
        if (threads > cores) {
            from.fault("threads: %d (expected: 1..%d, the cores)".formatted(threads, cores));
        }
        return Math.min(threads, cores);
    }

    private static PoolOptions pools(SettingsReader from, boolean strict) {
        int workers = from.get(Settings.WORKERS);
        return new PoolOptions(
                Math.min(from.get(Settings.MIN_WORKERS), workers),
                workers,
                from.get(Settings.JOB_QUEUE_SIZE),
                from.get(Settings.BATCH_SIZE),
                from.get(Settings.MAX_BATCH_DELAY),
                from.get(Settings.MAX_IDLE_TIME),
                from.get(Settings.ADAPTIVE_LIMIT),
                strict);
    }

    private static HttpLimits limits(SettingsReader from) {
        return new HttpLimits(
                from.get(Settings.MAX_REQUEST_SIZE),
                from.get(Settings.MAX_HEADER_SIZE),
                from.get(Settings.REQUEST_READ_TIMEOUT),
                from.get(Settings.IDLE_TIMEOUT),
                from.get(Settings.MAX_CONNECTIONS),
                from.get(Settings.MAX_CONNECTIONS_PER_ADDRESS));
    }

    private static boolean requireToken(SettingsReader from) {
        boolean required = from.get(Settings.REQUIRE_TOKEN);
        if (required && !from.isSet(Settings.TOKENS_FILE)) {
            from.fault("tokens_file: none (expected: a file, as require_token is true)");
        }
        return required;
    }

    private static @Nullable TlsSettings tls(SettingsReader from) {
        try {
            return TlsSettings.of(from.texts(TlsSettings.KEYS));
        } catch (IllegalArgumentException e) {
            from.fault(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable URI otlp(SettingsReader from) {
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

    private static @Nullable AuditSettings audit(SettingsReader from) {
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

    private static Compatibility compatibility(SettingsReader from, boolean strict) {
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

    private static Map<String, String> cors(SettingsReader from) {
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
