package dev.medzoo.training.study;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pictures that a task's runs are judged on, once for all of them: the n-th logits of a run
 * file are those of the n-th picture of its split or fold here.
 *
 * @param dataSet name of the folder of pictures
 * @param manifestSha256 of its manifest
 * @param labels the classes, in the order of the logits
 * @param folds of the cross-validation; 0 for none
 * @param pictures of {@code val} and {@code test}; with a cross-validation, of every split
 */
record ScoredPictures(
        String dataSet,
        String manifestSha256,
        List<String> labels,
        int folds,
        List<Picture> pictures) {
    private static final long FOLDS_SEED = 1;

    ScoredPictures {
        labels = List.copyOf(labels);
        pictures = List.copyOf(pictures);
    }

    /**
     * One picture.
     *
     * @param file within the data set
     * @param split that it stands in
     * @param fold that it is {@code test} of, from 1; 0 without a cross-validation
     * @param label index of its class
     * @param group that it belongs to
     * @param source picture that it was cut from
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"file", "split", "fold", "label", "group", "source"})
    record Picture(String file, String split, int fold, int label, String group, String source) {}

    static ScoredPictures of(PictureSet set, int folds) {
        Map<LabelledPicture, Integer> foldOf = new HashMap<>();
        for (int fold = 1; fold <= folds; fold++) {
            for (LabelledPicture picture : fold(set, folds, fold).split("test")) {
                foldOf.put(picture, fold);
            }
        }
        List<Picture> pictures = new ArrayList<>();
        for (String split : set.sizes().keySet()) {
            if (folds > 0 || split.equals("val") || split.equals("test")) {
                for (LabelledPicture of : set.split(split)) {
                    pictures.add(
                            new Picture(
                                    set.file(of),
                                    split,
                                    foldOf.getOrDefault(of, 0),
                                    of.label(),
                                    of.group(),
                                    of.source()));
                }
            }
        }
        return new ScoredPictures(set.name(), set.manifestSha256(), set.labels(), folds, pictures);
    }

    /** The pictures of a run: its splits, or those that follow from its fold. */
    static PictureSet fold(PictureSet set, int folds, int fold) {
        return fold == 0 ? set : set.folds(folds, FOLDS_SEED).get(fold - 1);
    }

    /** The pictures that a run was judged on at its end. */
    @JsonIgnore
    List<Picture> test(StudyRunId run) {
        return run.fold() == 0 ? split("test") : fold(run.fold());
    }

    /** The pictures by which a run kept its best weights. */
    @JsonIgnore
    List<Picture> val(StudyRunId run) {
        return run.fold() == 0 ? split("val") : fold(run.fold() % folds + 1);
    }

    private List<Picture> split(String name) {
        return pictures.stream().filter(of -> of.split().equals(name)).toList();
    }

    private List<Picture> fold(int fold) {
        return pictures.stream().filter(of -> of.fold() == fold).toList();
    }

    static ScoredPictures read(Path file) throws IOException {
        return StudyRunResult.readValue(file, ScoredPictures.class);
    }

    void write(Path file) throws IOException {
        StudyRunResult.writeLines(file, this);
    }
}
