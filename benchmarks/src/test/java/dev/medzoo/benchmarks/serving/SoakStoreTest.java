package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SoakStoreTest {
    private static final String SKIN = "pretrained-skin";
    private static final Version OLDEST = Version.parse("1.0.0");
    private static final Version OLDER = Version.parse("2.0.0");
    private static final Version BEFORE = Version.parse("2.1.0");
    private static final Version FIRST = Version.parse("2.2.0");

    @Test
    void replacesAVersionByItselfAgainAndAgain(@TempDir Path folder) throws Exception {
        SoakStore store = new SoakStore(Path.of("../model-store"), folder);
        Version last = store.stable(SKIN);
        assertThat(last).isEqualTo(FIRST);
        for (int i = 1; i <= 2; i++) {
            Version next = store.republish(SKIN, last);
            assertThat(next).isEqualTo(new Version(2, 2, i));
            assertThat(store.digest(SKIN, next)).isNotEqualTo(store.digest(SKIN, last));
            store.makeStable(SKIN, next);
            store.revoke(SKIN, last);
            assertThat(store.stable(SKIN)).isEqualTo(next);
            assertThat(store.index().usable(SKIN)).containsExactly(OLDEST, OLDER, BEFORE, next);
            last = next;
        }
        store.collect();
        assertThat(folder.resolve("store/" + SKIN + "/2.2.1")).doesNotExist();
        assertThat(folder.resolve("store/" + SKIN + "/2.2.2")).exists();
    }
}
