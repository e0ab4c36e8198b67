package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.Version;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a model, and who is answered by which. */
@Tag("slow")
class TrafficTest {
    private static final Version NEXT = Version.parse("1.1.0");
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);

    @TempDir private @Nullable Path root;
    private @Nullable RunningServer server;

    @AfterEach
    void stop() {
        running().server().close();
    }

    @Test
    void aShareOfTheKeysIsTheCandidatesAndEachKeyStaysWhereItIs() throws Exception {
        start("candidate_share=30");
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < 150; i++) {
            first.put("case-" + i, version("case-" + i));
        }

        long candidates = first.values().stream().filter("1.1.0"::equals).count();
        assertThat(candidates).isBetween(25L, 65L);
        for (int i = 0; i < 150; i += 10) {
            assertThat(version("case-" + i)).isEqualTo(first.get("case-" + i));
        }
    }

    @Test
    void moreKeysJoinWhenTheShareGrowsAndNoneLeaves() throws Exception {
        start("candidate_share=10");
        Map<String, String> few = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            few.put("case-" + i, version("case-" + i));
        }
        stop();
        start("candidate_share=60");
        few.forEach(
                (key, version) -> {
                    if (version.equals("1.1.0")) {
                        assertThat(version(key)).isEqualTo("1.1.0");
                    }
                });
    }

    @Test
    void aliasesAndVersionsAnswerInThePath() throws Exception {
        start();

        assertThat(model(PATH)).isEqualTo(SKIN + "/1.0.0");
        assertThat(model(PATH + "/candidate")).isEqualTo(SKIN + "/1.1.0");
        assertThat(model(PATH + "/stable")).isEqualTo(SKIN + "/1.0.0");
        assertThat(model(PATH + "/1.1.0")).isEqualTo(SKIN + "/1.1.0");
    }

    @Test
    void aShadowSeesEverythingAndAnswersNothing() throws Exception {
        start("shadow_share=100");
        for (int i = 0; i < 20; i++) {
            byte[] picture = DrawnPicture.png(64, 64, i);
            Answer answer = running().post(PATH, picture, "x-routing-key", "case-" + i);
            assertThat(answer.header("x-medzoo-model")).isEqualTo(SKIN + "/1.0.0");
        }

        Deadline.await(() -> shadows("agree") + shadows("disagree") + shadows("dropped") == 20);
        assertThat(shadows("agree")).isPositive();
        // Its temperature is another, so it is less sure of the same labels.
        assertThat(metric("medzoo_shadow_distance_sum")).isPositive();
    }

    @Test
    void whatIsRolledBackAnswersAtOnceAndTheOtherStaysLoaded() throws Exception {
        StoreCopy store = start();
        store.alias(SKIN, "stable", NEXT).write();
        Deadline.await(() -> model(PATH).equals(SKIN + "/1.1.0"));
        double loads = metric("medzoo_loads_total");

        store.alias(SKIN, "stable", StoreCopy.VERSION).write();
        Deadline.await(() -> model(PATH).equals(SKIN + "/1.0.0"));

        assertThat(metric("medzoo_loads_total")).isEqualTo(loads);
    }

    private StoreCopy start(String... settings) throws Exception {
        Path folder = Path.of(Objects.requireNonNull(root).toString());
        StoreCopy store =
                new StoreCopy(folder, SKIN)
                        .add(SKIN, NEXT, "\"temperature\" : [0-9.]+", "\"temperature\" : 3.0")
                        .alias(SKIN, "candidate", NEXT)
                        .write();
        String[] all = new String[settings.length + 3];
        System.arraycopy(settings, 0, all, 3, settings.length);
        all[0] = "store=" + folder;
        all[1] = "store_refresh=0.1";
        all[2] = "access_log=false";
        server = RunningServer.with(all).start();
        return store;
    }

    private RunningServer running() {
        return Objects.requireNonNull(server);
    }

    private String version(String key) {
        Answer answer = running().post(PATH, PICTURE, "x-routing-key", key);
        return answer.header("x-medzoo-model").replaceFirst(".*/", "");
    }

    private String model(String path) {
        return running().post(path, PICTURE).header("x-medzoo-model");
    }

    private double shadows(String outcome) {
        return metric("medzoo_shadow_total{", "outcome=\"" + outcome + "\"");
    }

    /** The sum over the lines of a metric that have a text in them. */
    private double metric(String name, String... with) {
        return running()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .filter(line -> Arrays.stream(with).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".* ", "")))
                .sum();
    }
}
