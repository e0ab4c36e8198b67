package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Subsamples labelled pictures: whole sources, stratified by class. */
final class LabelShare {
    private LabelShare() {}

    /** Returns the kept pictures in their original order. */
    static List<LabelledPicture> of(List<LabelledPicture> pictures, double share, long seed) {
        Random random = new Random(seed);
        Set<String> kept = new HashSet<>();
        for (List<List<LabelledPicture>> sources : strata(pictures).values()) {
            // The order of the sources does not depend on the share, so smaller shares are subsets
            // of larger ones.
            Collections.shuffle(sources, random);
            nearest(sources, share).forEach(of -> kept.add(of.get(0).source()));
        }
        return pictures.stream().filter(of -> kept.contains(of.source())).toList();
    }

    /** Strata: sources with the same class or combination of classes. */
    private static Map<String, List<List<LabelledPicture>>> strata(List<LabelledPicture> pictures) {
        Map<String, List<LabelledPicture>> sources = new TreeMap<>();
        for (LabelledPicture picture : pictures) {
            sources.computeIfAbsent(picture.source(), source -> new ArrayList<>()).add(picture);
        }
        Map<String, List<List<LabelledPicture>>> strata = new TreeMap<>();
        for (List<LabelledPicture> source : sources.values()) {
            Set<Integer> labels = new TreeSet<>();
            source.forEach(of -> labels.add(of.label()));
            strata.computeIfAbsent(labels.toString(), of -> new ArrayList<>()).add(source);
        }
        return strata;
    }

    /** The first sources whose number of pictures is nearest to the share, at least one. */
    private static List<List<LabelledPicture>> nearest(
            List<List<LabelledPicture>> sources, double share) {
        double wanted = share * sources.stream().mapToInt(List::size).sum();
        int pictures = sources.get(0).size();
        int kept = 1;
        while (kept < sources.size() && pictures + sources.get(kept).size() / 2.0 <= wanted) {
            pictures += sources.get(kept).size();
            kept++;
        }
        return sources.subList(0, kept);
    }
}
