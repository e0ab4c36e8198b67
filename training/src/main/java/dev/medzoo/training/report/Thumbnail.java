package dev.medzoo.training.report;

import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.zoo.page.HtmlPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A small copy of a picture embedded in a page, which only those who have the pictures may see.
 *
 * @param source of an {@code img} element: a data URL of the JPEG
 * @param caption text about it
 */
public record Thumbnail(String source, String caption) {
    private static final int SIDE = 144;

    /** As a page shows them. */
    static List<HtmlPage.Picture> onPage(List<Thumbnail> all) {
        return all.stream().map(each -> new HtmlPage.Picture(each.source, each.caption)).toList();
    }

    /** Creates one of at most {@value #SIDE} pixels a side. */
    public static Thumbnail of(RgbPicture picture, String caption) {
        double scale = Math.min(1, (double) SIDE / Math.max(picture.width(), picture.height()));
        InputSize size =
                new InputSize(
                        (int) Math.max(1, Math.round(picture.width() * scale)),
                        (int) Math.max(1, Math.round(picture.height() * scale)));
        RgbPicture small = scale == 1 ? picture : Interpolation.BILINEAR.resize(picture, size);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(small.toBufferedImage(), "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
        return new Thumbnail(
                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray()),
                caption);
    }
}
