package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The pictures of an epoch in a random order. Each class gets a share between its own (balance 0)
 * and an equal one (balance 1), and within a class every picture comes up before one comes twice.
 */
public final class Sampler {
    private final Map<Integer, List<LabelledPicture>> byLabel = new TreeMap<>();
    private final int size;
    private final double balance;

    public Sampler(List<LabelledPicture> pictures, double balance) {
        for (LabelledPicture picture : pictures) {
            byLabel.computeIfAbsent(picture.label(), label -> new ArrayList<>()).add(picture);
        }
        size = pictures.size();
        this.balance = balance;
    }

    /** About as many pictures as there are, drawn for one epoch. */
    public List<LabelledPicture> epoch(Random random) {
        double whole =
                byLabel.values().stream().mapToDouble(of -> Math.pow(of.size(), 1 - balance)).sum();
        List<LabelledPicture> drawn = new ArrayList<>();
        for (List<LabelledPicture> of : byLabel.values()) {
            double share = Math.pow(of.size(), 1 - balance) / whole;
            drawn.addAll(draw(of, (int) Math.round(share * size), random));
        }
        Collections.shuffle(drawn, random);
        return drawn;
    }

    private static List<LabelledPicture> draw(
            List<LabelledPicture> from, int count, Random random) {
        List<LabelledPicture> drawn = new ArrayList<>(count);
        List<LabelledPicture> round = new ArrayList<>(from);
        while (drawn.size() < count) {
            Collections.shuffle(round, random);
            drawn.addAll(round.subList(0, Math.min(round.size(), count - drawn.size())));
        }
        return drawn;
    }
}
