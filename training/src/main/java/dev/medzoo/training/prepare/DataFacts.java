package dev.medzoo.training.prepare;

import ai.djl.translate.TranslateException;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts about a data set that determine a first recipe.
 *
 * @param name of the data set
 * @param labels of its classes
 * @param train number of training pictures, at least 1
 * @param val number of validation pictures
 * @param shorterSide median shorter side over a sample of the pictures, in pixels
 */
record DataFacts(String name, List<String> labels, int train, int val, int shorterSide) {
    private static final int LOOKED_AT = 25;

    DataFacts {
        labels = List.copyOf(labels);
    }

    /** Collects those of a data set with the splits {@code train} and {@code val}. */
    static DataFacts of(PictureSet set) throws IOException {
        List<LabelledPicture> train = set.split("train");
        List<Integer> sides = new ArrayList<>();
        for (int i = 0; i < Math.min(LOOKED_AT, train.size()); i++) {
            sides.add(shorterSide(train.get(i * train.size() / LOOKED_AT % train.size())));
        }
        sides.sort(null);
        return new DataFacts(
                set.name(),
                set.labels(),
                train.size(),
                set.split("val").size(),
                sides.get(sides.size() / 2));
    }

    private static int shorterSide(LabelledPicture picture) throws IOException {
        try {
            RgbPicture decoded = new PictureDecoder().decode(Files.readAllBytes(picture.file()));
            return Math.min(decoded.width(), decoded.height());
        } catch (TranslateException e) {
            throw new IOException(picture.file() + ": " + e.getMessage(), e);
        }
    }
}
