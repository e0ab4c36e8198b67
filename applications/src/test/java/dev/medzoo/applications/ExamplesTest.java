package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.finding.Finding;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in {@code examples/} says the same of a picture as the model that is loaded here. */
@Tag("slow")
@Tag("jdk")
class ExamplesTest {
    private static final String MODEL = "pretrained-skin";
    private static final Path EXAMPLES = Ran.SOURCES.resolve("examples");
    private static final Pattern JAVA_PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern HTTP = Pattern.compile("listening on (http://\\S+)\\s*\n");

    /** By each runtime that may be the fastest: a program takes one of them. */
    private static List<Finding> expected;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void predictHere(@TempDir Path folder) throws Exception {
        Pictures.into(folder);
        List<Finding> findings = new ArrayList<>();
        for (String runtime : List.of("onnx-int8", "onnx")) {
            Criteria<Path, Finding> criteria =
                    Criteria.builder()
                            .setTypes(Path.class, Finding.class)
                            .optGroupId("dev.medzoo")
                            .optArtifactId(MODEL)
                            .optOption("runtime", runtime)
                            .build();
            try (ZooModel<Path, Finding> model = criteria.loadModel();
                    Predictor<Path, Finding> predictor = model.newPredictor()) {
                findings.add(predictor.predict(folder.resolve("picture.png")));
            }
        }
        expected = findings;
    }

    @Test
    void theConsoleProgramPrintsTheFindingAndWhatCannotBeRead() throws Exception {
        Path jar = EXAMPLES.resolve("console/target/console.jar");
        check(asked(List.of(Ran.java(), "-jar", jar.toString(), MODEL)), "picture:");
    }

    @Test
    void theClientsPrintTheFindingAndWhatCannotBeRead() throws Exception {
        String python = EXAMPLES.resolve("python/medzoo_client.py").toString();
        String node = EXAMPLES.resolve("node/medzoo-client.mjs").toString();
        try (Service server = Service.medzoo(folder)) {
            String address = server.said(HTTP);
            check(asked(List.of("/usr/bin/python3", python, "--server", address, MODEL)), "400:");
            check(asked(List.of("node", node, "--server", address, MODEL)), "400:");
        }
    }

    private Ran asked(List<String> program) throws Exception {
        Pictures.into(folder);
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("picture.png", "broken.png"));
        return Ran.in(folder, command);
    }

    private static void check(Ran ran, String fault) {
        assertThat(expected).anyMatch(each -> ran.out().startsWith("picture.png: " + line(each)));
        assertThat(ran.out()).contains(Finding.NOTICE);
        assertThat(ran.err()).contains("broken.png: " + fault);
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    private static String line(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%s %.3f%s",
                finding.label(),
                finding.probability(),
                finding.isUnlikeTraining() ? " (unlike the training pictures" : "\n");
    }

    @Test
    void theSpringBootServiceAnswersWithTheFindingAndTellsItsHealth() throws Exception {
        Pictures.into(folder);
        Path jar = EXAMPLES.resolve("spring-boot/target/findings.jar");
        List<String> command = List.of(Ran.java(), "-jar", jar.toString(), "--server.port=0");
        try (Service service = Service.start(folder, command)) {
            String address = "http://localhost:" + service.said(JAVA_PORT);
            JsonNode found = json(post(address + "/findings", folder.resolve("picture.png")), 200);
            assertThat(expected).anyMatch(each -> found.toString().equals(each.toJson()));

            JsonNode refused = json(post(address + "/findings", folder.resolve("broken.png")), 400);
            assertThat(refused.at("/detail").asText()).contains("picture:", "(expected: ");

            JsonNode health =
                    json(HttpRequest.newBuilder(URI.create(address + "/actuator/health")), 200);
            assertThat(health.at("/status").asText()).isEqualTo("UP");
            assertThat(health.at("/components/model/details/digest").asText())
                    .isEqualTo(expected.get(0).model().digest());
        }
    }

    private static HttpRequest.Builder post(String address, Path file) throws Exception {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(Files.readAllBytes(file)));
    }

    private static JsonNode json(HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }
}
