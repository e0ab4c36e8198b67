package dev.medzoo.zoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.training.util.ProgressBar;
import dev.medzoo.registry.S3Server;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.CachedStore;
import dev.medzoo.zoo.store.S3Clients;
import dev.medzoo.zoo.store.S3Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A data set in a bucket of a real server. */
@ExtendWith(S3Server.class)
@Tag("slow")
class S3DataSetTest {
    private static final String PICTURE = "train/1 ä.png";

    private final S3Location location = S3Server.location();
    private final List<String> notes = new ArrayList<>();

    @Test
    void fetchesWhatTheManifestListsAndGoesOnWhereItBroke(@TempDir Path root) throws Exception {
        byte[] picture = "nothing that anyone decodes".getBytes(StandardCharsets.UTF_8);
        put(PICTURE, picture);
        put(
                "manifest.csv",
                "file,label,split,group,sha256\n%s,dark,train,1,%s\n"
                        .formatted(PICTURE, Sha256.hex(picture))
                        .getBytes(StandardCharsets.UTF_8));
        DataSetCache cache =
                new DataSetCache(root, CachedStore::ofFiles, notes::add, new ProgressBar());
        String address = location.toString();

        assertThat(cache.isDataSet(address)).isTrue();
        assertThat(cache.isDataSet(address + "elsewhere")).isFalse();
        Path copy = cache.fetch("moles", address, null).resolve(PICTURE);
        assertThat(copy).hasBinaryContent(picture);

        Files.delete(copy);
        Path parts = Files.createDirectory(copy.resolve("../../../moles.parts").normalize());
        Files.writeString(parts.resolve("2.part"), "nothing that", StandardCharsets.UTF_8);
        cache.fetch("moles", address, null);
        assertThat(copy).hasBinaryContent(picture);

        Files.delete(copy);
        put(PICTURE, new byte[9]);
        assertThatThrownBy(() -> cache.fetch("moles", address, null))
                .hasMessage(
                        "moles/manifest.csv line 2: %s: sha256 %s (expected: %s) in %s"
                                .formatted(
                                        PICTURE,
                                        Sha256.hex(new byte[9]),
                                        Sha256.hex(picture),
                                        address));
    }

    private void put(String path, byte[] bytes) {
        try (S3Client client = S3Clients.writing()) {
            client.putObject(
                    put -> put.bucket(location.bucket()).key(location.key(path)),
                    RequestBody.fromBytes(bytes));
        }
    }
}
