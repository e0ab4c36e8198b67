package dev.medzoo.serving.settings;

import dev.medzoo.serving.dicomweb.DicomWebSettings;
import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.AllowedHosts;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.watch.ErrorRates.Limit;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.Store;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The definitions of all settings. DJL Serving's names keep their meaning. {@code
 * docs/operations.md} describes each.
 */
final class Settings {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** All of them, by key. */
    static final Map<String, Setting<?>> ALL = new TreeMap<>();

    // Where it listens.
    static final Setting<Address> INFERENCE_ADDRESS =
            address("inference_address", "http://127.0.0.1:8080");
    static final Setting<Address> MANAGEMENT_ADDRESS = address("management_address", "");
    static final Setting<String> HOST = text("host", "");
    static final Setting<Integer> PORT = number("port", 0, 65_535, 8080);
    static final Setting<String> GRPC_ADDRESS = text("grpc_address", "127.0.0.1");
    static final Setting<Integer> GRPC_PORT = number("grpc_port", -1, 65_535, -1);
    static final Setting<Integer> NETTY_THREADS = number("number_of_netty_threads", 0, 1024, 0);

    // What it serves.
    static final Setting<String> STORE =
            known(
                    new Setting<>(
                            "store",
                            "",
                            "a folder, artifact:FOLDER, a .jar file, an http(s) or s3 address",
                            Settings::store));
    static final Setting<Set<String>> STORE_REDIRECTS =
            known(
                    new Setting<>(
                            "store_redirects",
                            "",
                            "hosts, such as cdn.example,files.example:8443",
                            Store::redirects));
    static final Setting<Duration> STORE_REFRESH =
            known(Setting.fineSeconds("store_refresh", Duration.ofMillis(100), 30));
    static final Setting<String> LOAD_MODELS = text("load_models", "ALL");
    static final Setting<Boolean> WAIT_MODEL_LOADING = flag("wait_model_loading", true);
    static final Setting<Integer> CANDIDATE_SHARE = number("candidate_share", 0, 100, 0);
    static final Setting<Integer> SHADOW_SHARE = number("shadow_share", 0, 100, 0);
    static final Setting<String> ROUTING_KEY_HEADER = text("routing_key_header", "x-routing-key");

    // How it works.
    static final Setting<Integer> CORES_USED = number("cores", 1, 1024, CORES);
    static final Setting<Integer> THREADS = number("threads", 1, 1024, 1);
    static final Setting<RuntimeChoice> RUNTIME =
            known(
                    Setting.choice(
                            RuntimeChoice.OPTION,
                            RuntimeChoice.AUTO.word(),
                            RuntimeChoice.words(),
                            RuntimeChoice::parse));
    static final Setting<ExplanationMethod> EXPLANATION_METHOD =
            known(
                    Setting.choice(
                            "explanation_method",
                            ExplanationMethod.LAYER_CAM.word(),
                            ExplanationMethod.words(),
                            ExplanationMethod::parse));
    static final Setting<Integer> MIN_WORKERS = number("min_workers", 0, 1024, 1);
    static final Setting<Integer> WORKERS = number("workers", 1, 1024, CORES);
    static final Setting<Integer> JOB_QUEUE_SIZE = number("job_queue_size", 1, 1_000_000, 100);
    static final Setting<Integer> BATCH_SIZE = number("batch_size", 1, 1024, 1);
    static final Setting<Duration> MAX_BATCH_DELAY =
            known(Setting.millis("max_batch_delay", 0, 60_000, 100));
    static final Setting<Duration> MAX_IDLE_TIME = seconds("max_idle_time", 1, 60);
    static final Setting<Duration> MAX_WAIT =
            known(Setting.fineSeconds("max_wait", Duration.ofMillis(1), 5));
    static final Setting<Duration> REQUEST_TIMEOUT = seconds("request_timeout", 1, 60);
    static final Setting<Boolean> REFUSE_UNLIKE = flag("refuse_unlike", false);
    static final Setting<Duration> DRAIN_TIMEOUT = seconds("drain_timeout", 0, 30);
    static final Setting<Duration> STOP_DELAY = seconds("stop_delay", 0, 0);
    static final Setting<Integer> ASYNC_RESULTS =
            number("memory_cache_capacity", 1, 1_000_000, 1000);
    static final Setting<Integer> ASYNC_RESULTS_OF_ONE =
            number("async_results_per_client", 1, 1_000_000, 100);
    static final Setting<Duration> ASYNC_RESULT_TIME = seconds("async_result_time", 1, 600);

    // What one client may cost.
    static final Setting<Integer> MAX_REQUEST_SIZE =
            number("max_request_size", 1, 1 << 30, 64 << 20);
    static final Setting<Integer> MAX_HEADER_SIZE = number("max_header_size", 256, 1 << 20, 8192);
    static final Setting<Integer> MAX_PARTS = number("max_parts", 1, 10_000, 64);
    static final Setting<Integer> MAX_PICTURES = number("max_pictures", 1, 10_000, 64);
    static final Setting<Integer> MAX_PIXELS = number("max_pixels", 1, 1 << 30, 50_000_000);
    static final Setting<Duration> REQUEST_READ_TIMEOUT = seconds("request_read_timeout", 1, 60);
    static final Setting<Duration> IDLE_TIMEOUT = seconds("idle_timeout", 1, 60);
    static final Setting<Integer> MAX_CONNECTIONS = number("max_connections", 1, 1_000_000, 4096);
    static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS =
            number("max_connections_per_address", 1, 1_000_000, 512);
    static final Setting<Integer> STORE_DOWNLOADS =
            number("store_downloads_per_client", 1, 1_000_000, 8);
    static final Setting<Integer> LEAST_DOWNLOAD_RATE =
            number("least_download_rate", 0, 1 << 30, 8192);
    static final Setting<Integer> CLIENT_RATE = number("client_rate", 0, 1_000_000, 0);
    static final Setting<Integer> CLIENT_BURST = number("client_burst", 1, 1_000_000, 20);

    // Who may ask, and how it is kept from others.
    static final Setting<String> TOKENS_FILE = text("tokens_file", "");
    static final Setting<Boolean> REQUIRE_TOKEN = flag("require_token", false);
    static final Setting<AllowedHosts> ALLOWED_HOSTS =
            known(
                    new Setting<>(
                            "allowed_hosts",
                            "",
                            "names of hosts without ports, such as zoo.example,zoo",
                            AllowedHosts::parse));

    // What it tells.
    static final Setting<Boolean> PROMETHEUS = flag("prometheus", false);
    static final Setting<Boolean> PAGE = flag("page", true);
    static final Setting<Boolean> ACCESS_LOG = flag("access_log", true);
    static final Setting<String> OTLP_ENDPOINT = text("otlp_endpoint", "");
    static final Setting<String> AUDIT_FILE = text("audit_file", "");
    static final Setting<String> AUDIT_KEY_FILE = text("audit_key_file", "");
    static final Setting<Integer> AUDIT_ROTATE_BYTES =
            number("audit_rotate_bytes", 1 << 10, 1 << 30, 64 << 20);

    // What it watches.
    static final Setting<URI> DICOMWEB =
            known(
                    new Setting<>(
                            "dicomweb",
                            "",
                            "http(s)://host/path of a DICOMweb server, without a user",
                            DicomWebSettings::parseRoot));
    static final Setting<String> DICOMWEB_MODEL =
            known(
                    new Setting<>(
                            "dicomweb_model",
                            "",
                            "a model, or model/version, or model/alias",
                            Settings::modelAndVersion));
    static final Setting<String> DICOMWEB_STATE = text("dicomweb_state", "");
    static final Setting<String> DICOMWEB_QUERY =
            known(
                    new Setting<>(
                            "dicomweb_query",
                            "",
                            "attributes of instances, such as Modality=XC&BodyPartExamined=FOOT",
                            DicomWebSettings::parseQuery));
    static final Setting<Duration> DICOMWEB_INTERVAL =
            known(Setting.fineSeconds("dicomweb_interval", Duration.ofMillis(100), 10));
    static final Setting<Integer> DICOMWEB_PAGE_SIZE = number("dicomweb_page_size", 1, 1000, 100);
    static final Setting<Integer> DICOMWEB_MAX_INSTANCES =
            number("dicomweb_max_instances", 1, 1_000_000, 100_000);
    static final Setting<Duration> DICOMWEB_TIMEOUT = seconds("dicomweb_timeout", 1, 60);
    static final Setting<String> DICOMWEB_TOKEN_FILE = text("dicomweb_token_file", "");
    static final Setting<String> DICOMWEB_CA_FILE = text("dicomweb_ca_file", "");

    static final Setting<Limit> ERROR_RATE_WLM = errorRate("error_rate_wlm");
    static final Setting<Limit> ERROR_RATE_SERVER = errorRate("error_rate_server");
    static final Setting<Limit> ERROR_RATE_ANY = errorRate("error_rate_any");

    // How it speaks.
    static final Setting<Boolean> STRICT =
            known(
                    Setting.choice(
                            "compatibility",
                            "medzoo",
                            List.of("medzoo", "strict"),
                            "strict"::equals));
    static final Setting<Boolean> ALLOW_MULTI_STATUS = flag("allow_multi_status", false);
    static final Setting<Integer> BAD_REQUEST_CODE = code("bad_request_http_code", 400);
    static final Setting<Integer> WLM_ERROR_CODE = code("wlm_error_http_code", 503);
    static final Setting<Integer> THROTTLE_ERROR_CODE = code("throttle_error_http_code", 503);
    static final Setting<Integer> TIMEOUT_CODE = code("timeout_http_code", 504);
    static final Setting<Integer> SERVER_ERROR_CODE = code("server_error_http_code", 500);
    static final Setting<String> REQUEST_ID_HEADER = text("request_id_header_key", "x-request-id");
    static final Setting<String> CORS_ORIGIN = text("cors_allowed_origin", "");
    static final Setting<String> CORS_METHODS = text("cors_allowed_methods", "");
    static final Setting<String> CORS_HEADERS = text("cors_allowed_headers", "");

    /** Aliases: DJL Serving's names of settings. */
    static final Map<String, String> SYNONYMS = Map.of("model_store", "store");

    /** Settings of DJL Serving without effect here. */
    static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "cluster_address",
                    "reserved_memory_mb",
                    "load_on_devices",
                    "model_url_pattern",
                    "plugin_folder",
                    "chunked_read_timeout",
                    "use_native_io",
                    "io_ratio",
                    "web_root",
                    "error_rate_model");

    static {
        // Read by TlsSettings, together.
        TlsSettings.KEYS.forEach(key -> text(key, ""));
    }

    private Settings() {}

    private static Setting<Address> address(String key, String usual) {
        return known(new Setting<>(key, usual, "http(s)://host:port", Address::parse));
    }

    private static Setting<Limit> errorRate(String key) {
        return known(new Setting<>(key, "", "failures/time, such as 10/PT1M", Limit::parse));
    }

    private static Setting<Integer> code(String key, int usual) {
        return number(key, 400, 599, usual);
    }

    private static String modelAndVersion(String text) {
        if (!text.matches("[^/\\s]+(/[^/\\s]+)?")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static String store(String text) {
        Store.open(text);
        return text;
    }

    private static <T> Setting<T> known(Setting<T> setting) {
        ALL.put(setting.key(), setting);
        return setting;
    }

    private static Setting<Integer> number(String key, int lowest, int highest, int usual) {
        return known(Setting.number(key, lowest, highest, usual));
    }

    private static Setting<Duration> seconds(String key, int lowest, int usual) {
        return known(Setting.seconds(key, lowest, usual));
    }

    private static Setting<Boolean> flag(String key, boolean usual) {
        return known(Setting.flag(key, usual));
    }

    private static Setting<String> text(String key, String usual) {
        return known(Setting.text(key, usual));
    }
}
