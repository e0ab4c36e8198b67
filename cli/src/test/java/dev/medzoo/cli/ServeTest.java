package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, configured as DJL Serving is. */
@Tag("slow")
class ServeTest {
    private static final String LISTENING = "listening on ";

    @Test
    void readsTheFileOfItsFolderAndGoesOnWhenItIsTold(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("config.properties"),
                "job_queue_size=7\nload_models=pretrained-skin\nplugin_folder=plugins\n");
        Process server =
                serve(folder, "--port", "0", "--set", "batch_size=3", "--set", "grpc_port=0");
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = until(output, " for gRPC");
            lines.addAll(until(output, LISTENING + "http"));
            String address = last(lines).replaceFirst(".*" + LISTENING, "").strip();
            String described = get(address + "/models/pretrained-skin");

            assertThat(described).contains("\"queueSize\": 7", "\"batchSize\": 3");
            assertThat(get(address + "/models")).doesNotContain("dfu-double-transfer");
            assertThat(lines).anyMatch(line -> line.contains("plugin_folder: set in"));
            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process serve(Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-Dai.djl.offline=true", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Medzoo.class.getName(), "serve"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** Every line up to the first that has a text. */
    private static List<String> until(BufferedReader output, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = output.readLine();
        while (line != null) {
            lines.add(line);
            if (line.contains(text)) {
                return lines;
            }
            line = output.readLine();
        }
        throw new IOException("ended after: " + lines);
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
