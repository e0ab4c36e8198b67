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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions of a model, and who is answered by which. */
@Tag("slow")
class TrafficTest {
    private static final Version NEXT = Version.parse("1.1.0");
    private static final String TRAFFIC = "/traffic/" + SKIN;
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

    @Test
    void aManagerSetsTheShareOfTheCandidateWhileTheServerRuns() throws Exception {
        start("candidate_share=10");
        assertThat(text(running().get("/traffic")))
                .isEqualTo(
                        "{\"isRoundRobin\":false,\"models\":[%s]}"
                                .formatted(traffic(10, 0, false)));

        assertThat(text(put("candidate_share=100"))).isEqualTo(traffic(100, 0, true));
        assertThat(model(PATH)).isEqualTo(SKIN + "/1.1.0");
        assertThat(text(put("candidate_share=0&shadow_share=100")))
                .isEqualTo(traffic(0, 100, true));
        assertThat(model(PATH)).isEqualTo(SKIN + "/1.0.0");
        Deadline.await(() -> shadows("agree") + shadows("disagree") + shadows("dropped") == 1);
        assertThat(text(put("candidate_share=5"))).isEqualTo(traffic(5, 100, true));

        Answer reset = running().send("DELETE", TRAFFIC, new byte[0]);
        assertThat(text(reset)).isEqualTo(traffic(10, 0, false));
        assertThat(text(running().get(TRAFFIC))).isEqualTo(text(reset));
    }

    @Test
    void whatWasSetEndsWithThatCandidate() throws Exception {
        StoreCopy store = start();
        put("candidate_share=100");
        assertThat(model(PATH)).isEqualTo(SKIN + "/1.1.0");

        store.alias(SKIN, "stable", NEXT).write();
        Deadline.await(() -> text(running().get(TRAFFIC)).contains("\"stable\":\"1.1.0\""));
        store.alias(SKIN, "candidate", StoreCopy.VERSION).write();
        Deadline.await(() -> text(running().get(TRAFFIC)).contains("\"candidate\":\"1.0.0\""));

        assertThat(text(running().get(TRAFFIC))).contains("\"candidateShare\":0,", "false");
        assertThat(model(PATH)).isEqualTo(SKIN + "/1.1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "candidate_share=101",
                "candidate_share=-1",
                "shadow_share=0.5",
                "candidate_share=half",
                "candidate_share=5&shadow_share=101"
            })
    void aShareThatIsNoPercentageChangesNothing(String query) throws Exception {
        start("candidate_share=10");

        Answer answer = put(query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("_share: ").contains("(expected: a ");
        assertThat(text(running().get(TRAFFIC))).isEqualTo(traffic(10, 0, false));
    }

    @Test
    void versionsThatTakeTurnsHaveNoShares() throws Exception {
        start("compatibility=strict");

        Answer answer = put("candidate_share=10");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("compatibility: strict");
        assertThat(text(running().get("/traffic"))).startsWith("{\"isRoundRobin\":true,");
    }

    private Answer put(String query) {
        return running().send("PUT", TRAFFIC + "?" + query, new byte[0]);
    }

    /** Without what makes it pleasant to read. */
    private static String text(Answer answer) {
        return answer.json("").toString();
    }

    private static String traffic(int candidate, int shadow, boolean isSet) {
        return "{\"modelName\":\"%s\",\"stable\":\"1.0.0\",\"candidate\":\"1.1.0\",\"candidateShare\":%d,\"shadowShare\":%d,\"isSet\":%s}"
                .formatted(SKIN, candidate, shadow, isSet);
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
