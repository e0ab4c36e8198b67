package dev.medzoo.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.refusal.RefusedException;
import org.junit.jupiter.api.Test;

class StoreDownloadsTest {
    private final StoreDownloads downloads = new StoreDownloads(2, 100);

    @Test
    void eachClientHasPlacesOfItsOwn() throws Exception {
        downloads.enter("ana");
        downloads.enter("ana");
        assertThatThrownBy(() -> downloads.enter("ana"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "2 files are being sent to this client (expected: fewer than 2)");
        downloads.enter("bea");
        downloads.leave("ana");
        downloads.enter("ana");
    }

    @Test
    void aFileOfManyUsersIsInMemoryOnce() throws Exception {
        byte[] file = new byte[80];
        assertThat(downloads.join("f")).isNull();
        assertThat(downloads.keep("f", file)).isSameAs(file);
        assertThat(downloads.join("f")).isSameAs(file);
        assertThat(downloads.keep("f", new byte[80])).isSameAs(file);
        downloads.checkRoom(20);
        assertThatThrownBy(() -> downloads.checkRoom(21))
                .hasMessageContaining("store: 101 bytes are being sent (expected: at most 100)");

        downloads.release("f");
        downloads.release("f");
        assertThat(downloads.join("f")).isSameAs(file);
        downloads.release("f");
        downloads.release("f");
        assertThat(downloads.join("f")).isNull();
        // One file alone may have more than all of the room.
        downloads.checkRoom(1000);
    }
}
