package dev.medzoo.serving.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.serving.Deadline;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at every step of a node: the next one leaves each picture with exactly one report. */
@Tag("slow")
class NodeKillTest {
    private static final int CORES = 2;

    private static Path folder;
    private static Orthanc orthanc;
    private static Path netrc;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        netrc = Files.writeString(folder.resolve("netrc"), Orthanc.netrc());
        orthanc = new Orthanc(Files.createDirectory(folder.resolve("orthanc")), false);
    }

    @AfterAll
    static void stop() throws Exception {
        orthanc.stop();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void eachPictureHasOneReportAfterAKillAtAnyStep() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CORES);
        Map<Integer, String> killed = new TreeMap<>();
        try {
            boolean isOver = false;
            while (!isOver) {
                List<Future<String>> some = new ArrayList<>();
                int from = killed.size();
                for (int n = from + 1; n <= from + CORES; n++) {
                    int step = n;
                    some.add(threads.submit(() -> killAndGoOn(step)));
                }
                for (Future<String> one : some) {
                    isOver |= one.get().equals("done");
                    if (!one.get().equals("done")) {
                        killed.put(killed.size() + 1, one.get());
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(killed.values())
                .contains(
                        "in the middle of a new journal",
                        "before the fetch",
                        "after the fetch",
                        "after the prediction",
                        "in the middle of a record",
                        "after a record",
                        "before the store",
                        "after the store")
                .hasSizeGreaterThan(12);
    }

    /** Orthanc answers 200 to the second and keeps the first. */
    @Test
    void aReportThatIsSentTwiceIsThereOnce() throws Exception {
        MadeDicom picture = MadeDicom.colour(9999, 1, 1);
        orthanc.store(picture);
        String study = MadeDicom.study(9999);
        Instance instance = new Instance(study, study + ".1", picture.uid(), "", "");
        DicomWebSettings settings = TestNode.settings(orthanc.root(), 9999, folder);
        Archive archive = TestNode.client(settings, () -> Optional.of(Orthanc.AUTHORIZATION));
        byte[] file = archive.fetch(instance);
        Report report = new ReportMaker().write(instance, file, TestNode.finding(instance, file));
        assertThat(archive.has(study, report.uid())).isFalse();
        archive.store(study, report);
        archive.store(study, report);
        assertThat(archive.has(study, report.uid())).isTrue();
        assertThat(orthanc.reports(9999)).isEqualTo(1);
    }

    /** The step at which it was killed, or {@code done} where there is no n-th. */
    private static String killAndGoOn(int n) throws Exception {
        MadeDicom picture = MadeDicom.colour(n, 1, 1);
        orthanc.store(picture, MadeDicom.colour(n, 2, 1).burnedIn());
        Path state = folder.resolve("state" + n);
        String step = killAt(n, state);

        DicomWebSettings settings = TestNode.settings(orthanc.root(), n, state);
        DicomNode node = DicomNode.start(settings, TestNode.parts(settings), Duration.ofMinutes(1));
        try {
            Map<String, Object> settled = Map.of("status", "watching", "reported", 1, "refused", 1);
            Deadline.await(() -> node.status().asMap().entrySet().containsAll(settled.entrySet()));
        } finally {
            node.close();
        }

        assertThat(orthanc.reports(n)).as("killed %s", step).isEqualTo(1);
        JsonNode report =
                orthanc.find("studies/" + MadeDicom.study(n) + "/instances?Modality=SR").get(0);
        try (StateFolder again = StateFolder.take(state);
                Journal journal =
                        Journal.open(
                                again,
                                new Journal.Owner(settings.root().toString(), settings.model()),
                                new JournalFile())) {
            String uid = report.at("/00080018/Value/0").asText();
            assertThat(journal.find(picture.uid()))
                    .isEqualTo(JournalRecord.reported(picture.uid(), uid));
        }
        return step;
    }

    private static String killAt(int n, Path state) throws Exception {
        ProcessBuilder program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                // A logger takes longer to set up than a report to send.
                                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                                "-cp",
                                System.getProperty("java.class.path"),
                                NodeProgram.class.getName(),
                                orthanc.root(),
                                String.valueOf(n),
                                state.toString(),
                                String.valueOf(n))
                        .redirectError(folder.resolve("errors").toFile());
        program.environment().put("NETRC", netrc.toString());
        Process process = program.start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String read = out.readLine(); read != null; read = out.readLine()) {
                if (read.startsWith("now ")) {
                    // SIGKILL: no handler, no finally, no hook.
                    process.destroyForcibly().waitFor();
                    return read.substring(4);
                }
                if (read.equals("done")) {
                    process.waitFor();
                    return read;
                }
            }
            throw new IllegalStateException(Files.readString(folder.resolve("errors")));
        } finally {
            process.destroyForcibly();
        }
    }
}
