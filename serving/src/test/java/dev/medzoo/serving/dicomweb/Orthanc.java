package dev.medzoo.serving.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Orthanc with its DICOMweb plugin, in a process of its own, on a free port of this machine alone.
 * What it was sent outlives a restart.
 */
public final class Orthanc {
    private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
    private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    /** Of the only user, {@code node} with the password {@code secret}. */
    static final String AUTHORIZATION = "Basic bm9kZTpzZWNyZXQ=";

    private static final Duration MOST = Duration.ofMinutes(1);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final int port;
    private Process process;

    /**
     * Starts one.
     *
     * @param folder for all that it writes
     * @param isOpen whether it answers those without a password too
     */
    public Orthanc(Path folder, boolean isOpen) throws Exception {
        for (Path each : List.of(PROGRAM, PLUGIN)) {
            if (!Files.exists(each)) {
                throw new IllegalStateException(
                        "%s: not there (expected: Debian's, by apt-get install --no-install-recommends orthanc orthanc-dicomweb dcmtk)"
                                .formatted(each));
            }
        }
        this.folder = folder;
        port = freePort();
        Files.createDirectories(folder.resolve("storage"));
        Map<String, Object> settings =
                Map.of(
                        "StorageDirectory", folder.resolve("storage").toString(),
                        "IndexDirectory", folder.resolve("storage").toString(),
                        "HttpPort", port,
                        "DicomServerEnabled", false,
                        "RemoteAccessAllowed", false,
                        "AuthenticationEnabled", !isOpen,
                        "RegisteredUsers", Map.of("node", "secret"),
                        "Plugins", List.of(PLUGIN.toString()),
                        "DicomWeb", Map.of("Enable", true, "Root", "/dicom-web/"));
        Files.write(folder.resolve("orthanc.json"), MAPPER.writeValueAsBytes(settings));
        start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    /** Starts it, with all that it had. */
    public void start() throws Exception {
        process =
                new ProcessBuilder(PROGRAM.toString(), folder.resolve("orthanc.json").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Instant deadline = Instant.now().plus(MOST);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        "Orthanc did not start: " + Files.readString(folder.resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("instances?limit=1").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Of its DICOMweb services. */
    public String root() {
        return "http://127.0.0.1:" + port + "/dicom-web/";
    }

    /** As a netrc file has it. */
    public static String netrc() {
        return "machine 127.0.0.1 login node password secret\n";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root() + path))
                .timeout(MOST)
                .header("Authorization", AUTHORIZATION);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /** Once more where Orthanc closes a connection, which it does after a second of rest. */
    private HttpResponse<byte[]> send(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw e;
        } catch (IOException e) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    /** Stores files, all of which it must take. */
    public void store(MadeDicom... files) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (MadeDicom each : files) {
            body.writeBytes(ascii("--b\r\nContent-Type: application/dicom\r\n\r\n"));
            body.writeBytes(each.bytes());
            body.writeBytes(ascii("\r\n"));
        }
        body.writeBytes(ascii("--b--\r\n"));
        HttpRequest request =
                request("studies")
                        .header(
                                "Content-Type",
                                "multipart/related; type=\"application/dicom\"; boundary=b")
                        .header("Accept", "application/dicom+json")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build();
        HttpResponse<byte[]> answer = send(request);
        int stored = MAPPER.readTree(answer.body()).path("00081199").path("Value").size();
        if (answer.statusCode() != 200 || stored != files.length) {
            throw new IllegalStateException(
                    answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What QIDO-RS lists, such as {@code instances?Modality=SR}. */
    public JsonNode find(String query) throws Exception {
        return MAPPER.readTree(get(query).body());
    }

    /** How many reports there are on a study. */
    public int reports(int study) throws Exception {
        return find("studies/" + MadeDicom.study(study) + "/instances?Modality=SR").size();
    }

    /** The file of an instance that QIDO-RS has listed. */
    public byte[] file(JsonNode match) throws Exception {
        String path =
                "studies/%s/series/%s/instances/%s"
                        .formatted(
                                match.at("/0020000D/Value/0").asText(),
                                match.at("/0020000E/Value/0").asText(),
                                match.at("/00080018/Value/0").asText());
        byte[] body = get(path).body();
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        int begin = latin.indexOf("\r\n\r\n") + 4;
        int end = latin.lastIndexOf("\r\n--");
        return Arrays.copyOfRange(body, begin, end);
    }
}
