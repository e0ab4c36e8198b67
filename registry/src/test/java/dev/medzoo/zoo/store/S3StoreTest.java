package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.registry.S3Server;
import dev.medzoo.zoo.format.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3Server.class)
@Tag("slow")
class S3StoreTest {
    private static final int SIZE = 300_000;

    private final byte[] bytes = new byte[SIZE];
    private final S3Location location = S3Server.location();
    private final S3Store store = new S3Store(location, S3Clients.reading());

    @BeforeEach
    void putSome() {
        new Random(7).nextBytes(bytes);
        try (S3Client client = S3Clients.writing()) {
            for (String path : List.of("a/1.0.0/f", "a/1.0.0/golden/g", "b")) {
                client.putObject(
                        put -> put.bucket(location.bucket()).key(location.key(path)),
                        RequestBody.fromBytes(bytes));
            }
        }
    }

    @Test
    void readsNoMoreThanItMay() throws Exception {
        assertThat(store.read("a/1.0.0/f", SIZE)).isEqualTo(bytes);
        assertThatThrownBy(() -> store.read("a/1.0.0/f", SIZE - 1))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "a/1.0.0/f: more than 299999 bytes (expected: at most that) in "
                                + location);
    }

    @Test
    void saysWhatIsAbsent() {
        assertThatThrownBy(() -> store.read("a/1.0.0/x", 9))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("a/1.0.0/x: absent (expected: a file) in " + location);
        S3Location nowhere = S3Location.parse("s3://no-such-bucket");
        assertThatThrownBy(() -> new S3Store(nowhere, S3Clients.reading()).read("b", 9))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("b: status 404, NoSuchBucket (expected: 200) in s3://no-such-bucket/");
    }

    @Test
    void listsWhatLiesBelowAFolder() throws Exception {
        assertThat(store.list("a/1.0.0/").orElseThrow()).containsOnly("f", "golden/g");
        assertThat(store.list("").orElseThrow()).containsOnly("a/1.0.0/f", "a/1.0.0/golden/g", "b");
        assertThat(store.list("a/2.0.0/").orElseThrow()).isEmpty();
    }

    @Test
    void goesOnFromTheByteItHas(@TempDir Path cache) throws Exception {
        CachedStore cached = new CachedStore(store, cache, false, RetryClock.REAL);
        Path part = Files.write(cache.resolve("x.part"), Arrays.copyOf(bytes, 100_000));
        List<Long> arrived = new ArrayList<>();
        cached.fetch("a/1.0.0", "f", SIZE, Sha256.hex(bytes), part, arrived::add);
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
        assertThat(arrived.get(0)).isGreaterThan(100_000);
        assertThatThrownBy(() -> store.send("a/1.0.0/f", SIZE, chunk -> true))
                .isInstanceOf(RangeException.class);
    }

    @Test
    void whatWasReadServesOffline(@TempDir Path cache) throws Exception {
        new CachedStore(store, cache, false, RetryClock.REAL).read("b", SIZE);
        CachedStore offline = new CachedStore(store, cache, true, RetryClock.REAL);
        assertThat(offline.read("b", SIZE)).isEqualTo(bytes);
        assertThatThrownBy(() -> offline.read("a/1.0.0/f", SIZE)).hasMessageContaining("offline");
    }
}
