package dev.medzoo.batch.slide;

import java.util.ArrayList;
import java.util.List;

/**
 * How the fields with tissue divide: each is of one class, or without an answer because the model
 * abstains, or unlike the training pictures. The numbers add up to all.
 *
 * @param labels the classes
 * @param answered fields of each class
 * @param abstained fields on which the model abstains
 * @param unlike fields unlike the training pictures, whether it abstains or not
 */
public record SlideShares(List<String> labels, List<Integer> answered, int abstained, int unlike) {
    public SlideShares {
        labels = List.copyOf(labels);
        answered = List.copyOf(answered);
    }

    static SlideShares of(TileFindings findings) {
        int[] answered = new int[findings.labels().size()];
        int abstained = 0;
        int unlike = 0;
        for (int i = 0; i < findings.count(); i++) {
            if (findings.isUnlikeTraining(i)) {
                unlike++;
            } else if (findings.abstained(i)) {
                abstained++;
            } else {
                answered[findings.best(i)]++;
            }
        }
        List<Integer> counts = new ArrayList<>();
        for (int count : answered) {
            counts.add(count);
        }
        return new SlideShares(findings.labels(), counts, abstained, unlike);
    }

    /** All fields with tissue. */
    public int fields() {
        return answered.stream().mapToInt(Integer::intValue).sum() + abstained + unlike;
    }

    /** A count's share of all fields; 0 where there are none. */
    public double share(int count) {
        return fields() == 0 ? 0 : (double) count / fields();
    }
}
