package dev.medzoo.training.pretrain;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * An order in which pictures of one group (slide, patient) come in runs. A batch then holds many
 * pictures of few groups, and a network that must tell its pictures apart cannot do so by what a
 * whole group shares, such as its stain.
 */
final class GroupedOrder {
    private GroupedOrder() {}

    /**
     * The same pictures, run by run.
     *
     * @param pictures in the order that they keep within their group
     * @param run pictures of a group that stay together, at most
     * @param random that orders the runs
     */
    static List<LabelledPicture> of(List<LabelledPicture> pictures, int run, Random random) {
        Map<String, List<LabelledPicture>> groups = new TreeMap<>();
        for (LabelledPicture picture : pictures) {
            groups.computeIfAbsent(picture.group(), group -> new ArrayList<>()).add(picture);
        }
        List<List<LabelledPicture>> runs = new ArrayList<>();
        for (List<LabelledPicture> group : groups.values()) {
            for (int from = 0; from < group.size(); from += run) {
                runs.add(group.subList(from, Math.min(from + run, group.size())));
            }
        }
        Collections.shuffle(runs, random);
        return runs.stream().flatMap(List::stream).toList();
    }
}
