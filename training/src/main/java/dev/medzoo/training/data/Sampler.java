package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * An endless random order of pictures, divided into rounds. Each class gets a share between its
 * natural one (balance 0) and an equal one (balance 1). Within a class every picture is drawn
 * before one repeats, across rounds too. The seed and a round's number alone determine the round.
 */
public final class Sampler {
    private final List<List<LabelledPicture>> classes;
    private final double balance;
    private final long seed;

    public Sampler(List<LabelledPicture> pictures, double balance, long seed) {
        Map<Integer, List<LabelledPicture>> byLabel = new TreeMap<>();
        for (LabelledPicture picture : pictures) {
            byLabel.computeIfAbsent(picture.label(), label -> new ArrayList<>()).add(picture);
        }
        classes = List.copyOf(byLabel.values());
        this.balance = balance;
        this.seed = seed;
    }

    /**
     * The pictures of one round.
     *
     * @param number from 0
     * @param size of this round and of all before it
     */
    public List<LabelledPicture> round(int number, int size) {
        int[] counts = counts(size);
        List<LabelledPicture> drawn = new ArrayList<>(size);
        for (int c = 0; c < counts.length; c++) {
            draw(c, (long) number * counts[c], counts[c], drawn);
        }
        Collections.shuffle(drawn, new Random(seed * 31 + number));
        return drawn;
    }

    /** Number per class: shares rounded so that they add up to the size. */
    private int[] counts(int size) {
        double total = 0;
        for (List<LabelledPicture> of : classes) {
            total += Math.pow(of.size(), 1 - balance);
        }
        int[] counts = new int[classes.size()];
        double until = 0;
        int given = 0;
        for (int c = 0; c < counts.length; c++) {
            until += Math.pow(classes.get(c).size(), 1 - balance) / total * size;
            counts[c] = (int) Math.round(until) - given;
            given += counts[c];
        }
        return counts;
    }

    /** Continues a class's own endless order, a sequence of shuffles. */
    private void draw(int c, long from, int count, List<LabelledPicture> into) {
        List<LabelledPicture> all = classes.get(c);
        List<LabelledPicture> shuffled = List.of();
        long pass = -1;
        for (long i = from; i < from + count; i++) {
            if (i / all.size() != pass) {
                pass = i / all.size();
                shuffled = new ArrayList<>(all);
                Collections.shuffle(shuffled, new Random((seed * 1_000_003 + c) * 31 + pass));
            }
            into.add(shuffled.get((int) (i % all.size())));
        }
    }
}
