package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.DrawnPicture;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A picture that begins, waits, and is then decoded. */
final class HeldPicture implements Picture {
    private static final byte[] FILE = DrawnPicture.jpeg(320, 240, 1);

    final CountDownLatch goOn = new CountDownLatch(1);
    final CompletableFuture<String> end = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    void awaitBegin() throws InterruptedException {
        assertThat(begun.await(10, TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public NetworkInput prepare(Preparation preparation) throws TranslateException {
        begun.countDown();
        try {
            assertThat(goOn.await(10, TimeUnit.MINUTES)).isTrue();
            NetworkInput input = preparation.picture(FILE);
            end.complete("decoded");
            return input;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TranslateException e) {
            end.complete(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    public RgbPicture shown(Preparation preparation, int longest) throws TranslateException {
        return preparation.shown(FILE, PictureOptions.USUAL, longest);
    }

    @Override
    public byte[] bytes() {
        return FILE;
    }
}
