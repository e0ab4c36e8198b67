package dev.medzoo.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Deprecation;
import dev.medzoo.zoo.index.StoreIndex.Published;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DesiredModelsTest {
    private static final Deprecation OLD = new Deprecation("old", null);

    private final DesiredModels everything = new DesiredModels(true, List.of());

    @Test
    void everythingIsWithoutWhatIsDeprecatedAtTheStart() {
        assertThat(everything.wanted(index(OLD, null, "2.0.0")))
                .containsOnlyKeys(skin("2.0.0"), skin("3.0.0"));
    }

    @Test
    void whatIsDeprecatedWhileItIsServedStays() {
        assertThat(everything.wanted(index(null, null, "2.0.0"))).hasSize(3);

        assertThat(everything.wanted(index(OLD, null, "2.0.0"))).hasSize(3);
        assertThat(everything.wanted(index(OLD, "wrong", "2.0.0")))
                .containsOnlyKeys(skin("2.0.0"), skin("3.0.0"));
    }

    @Test
    void whatAnAliasPointsToIsServedInAnyCase() {
        assertThat(everything.wanted(index(OLD, null, "1.0.0"))).hasSize(3);
    }

    @Test
    void whatIsNamedIsServedThoughItIsDeprecated() throws Exception {
        Registration named = Registration.parse("skin/1.0.0");

        assertThat(new DesiredModels(true, List.of(named)).wanted(index(OLD, null, "2.0.0")))
                .hasSize(3);
        assertThat(new DesiredModels(false, List.of(named)).wanted(index(OLD, null, "2.0.0")))
                .containsOnlyKeys(skin("1.0.0"));
    }

    private static ServedVersion skin(String version) {
        return new ServedVersion("skin", version);
    }

    private static StoreIndex index(
            @Nullable Deprecation first, @Nullable String revoked, String stable) {
        String digest = "sha256:" + "a".repeat(64);
        List<Published> versions =
                List.of(
                        new Published(Version.parse("1.0.0"), digest, first, revoked),
                        new Published(Version.parse("2.0.0"), digest),
                        new Published(Version.parse("3.0.0"), digest));
        return new StoreIndex(
                StoreIndex.FORMAT,
                1,
                Instant.EPOCH,
                null,
                null,
                new TreeMap<>(Map.of("skin", versions)),
                new TreeMap<>(
                        Map.of("skin", new TreeMap<>(Map.of("stable", Version.parse(stable))))));
    }
}
