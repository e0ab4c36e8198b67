package dev.medzoo.serving;

import dev.medzoo.serving.Settings.Address;
import dev.medzoo.serving.api.Compatibility;
import dev.medzoo.serving.audit.AuditSettings;
import dev.medzoo.serving.http.HttpLimits;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.serving.traffic.TrafficOptions;
import dev.medzoo.serving.watch.ErrorRates.Limit;
import dev.medzoo.serving.work.PoolOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Where {@link #store} was set, or null where it was not. */
    final @Nullable String storeSet;

    final Set<String> storeRedirects;
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
    final boolean isUnlikeRefused;
    final Duration drainTimeout;
    final int asyncResults;
    final int asyncResultsOfOne;
    final Duration asyncResultTime;
    final int storeDownloads;
    final HttpLimits limits;
    final int maxParts;
    final int maxPictures;
    final int maxPixels;
    final int clientRate;
    final int clientBurst;
    final @Nullable Path tokensFile;
    final Set<String> allowedHosts;
    final boolean isTokenRequired;

    /** Null where no address is https. */
    final @Nullable TlsSettings tls;

    final boolean isPrometheus;
    final boolean isAccessLogged;
    final @Nullable URI otlpEndpoint;
    final @Nullable AuditSettings audit;
    final @Nullable Limit wlmErrorRate;
    final @Nullable Limit serverErrorRate;
    final @Nullable Limit anyErrorRate;
    final Compatibility compatibility;
    final String requestIdHeader;
    final Map<String, String> corsHeaders;

    private ServerSettings(SettingsReader from) {
        boolean strict = from.get(Settings.STRICT);
        inference = SettingGroups.inference(from);
        Address other = from.orNull(Settings.MANAGEMENT_ADDRESS);
        management = other == null ? inference : other;
        grpc = SettingGroups.grpc(from, inference.isTls());
        nettyThreads = from.get(Settings.NETTY_THREADS);
        store = from.orNull(Settings.STORE);
        storeSet = from.where(Settings.STORE);
        storeRedirects = from.orElse(Settings.STORE_REDIRECTS, Set.of());
        storeRefresh = from.get(Settings.STORE_REFRESH);
        String load = from.get(Settings.LOAD_MODELS);
        isEverythingLoaded = load.equalsIgnoreCase("ALL");
        registrations = SettingGroups.registrations(from, load);
        isLoadingAwaited = from.get(Settings.WAIT_MODEL_LOADING);
        drainTimeout = from.get(Settings.DRAIN_TIMEOUT);
        traffic =
                new TrafficOptions(
                        from.get(Settings.CANDIDATE_SHARE),
                        from.get(Settings.SHADOW_SHARE),
                        strict);
        routingKeyHeader = from.get(Settings.ROUTING_KEY_HEADER);
        cores = from.get(Settings.CORES_USED);
        threads = SettingGroups.threads(from, cores);
        pools = SettingGroups.pools(from, strict);
        requestTimeout = from.get(Settings.REQUEST_TIMEOUT);
        isUnlikeRefused = from.get(Settings.REFUSE_UNLIKE);
        asyncResults = from.get(Settings.ASYNC_RESULTS);
        asyncResultsOfOne = from.get(Settings.ASYNC_RESULTS_OF_ONE);
        asyncResultTime = from.get(Settings.ASYNC_RESULT_TIME);
        storeDownloads = from.get(Settings.STORE_DOWNLOADS);
        limits = SettingGroups.limits(from);
        maxParts = from.get(Settings.MAX_PARTS);
        maxPictures = from.get(Settings.MAX_PICTURES);
        maxPixels = from.get(Settings.MAX_PIXELS);
        clientRate = strict ? 0 : from.get(Settings.CLIENT_RATE);
        clientBurst = from.get(Settings.CLIENT_BURST);
        String tokens = from.orNull(Settings.TOKENS_FILE);
        tokensFile = tokens == null ? null : Path.of(tokens);
        allowedHosts = from.orElse(Settings.ALLOWED_HOSTS, Set.of());
        isTokenRequired = SettingGroups.requireToken(from);
        tls = inference.isTls() || management.isTls() ? SettingGroups.tls(from) : null;
        isPrometheus = from.get(Settings.PROMETHEUS);
        isAccessLogged = from.get(Settings.ACCESS_LOG);
        otlpEndpoint = SettingGroups.otlp(from);
        audit = SettingGroups.audit(from);
        wlmErrorRate = from.orNull(Settings.ERROR_RATE_WLM);
        serverErrorRate = from.orNull(Settings.ERROR_RATE_SERVER);
        anyErrorRate = from.orNull(Settings.ERROR_RATE_ANY);
        compatibility = SettingGroups.compatibility(from, strict);
        requestIdHeader = from.get(Settings.REQUEST_ID_HEADER);
        corsHeaders = SettingGroups.cors(from);
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
}
