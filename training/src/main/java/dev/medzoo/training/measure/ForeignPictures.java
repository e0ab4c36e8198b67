package dev.medzoo.training.measure;

import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.OutOfDistribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's own pictures and foreign ones, told apart by distance and by energy. */
final class ForeignPictures {
    private final List<String> groups = new ArrayList<>();
    private final double[] distance;
    private final double[] energy;
    private final boolean[] foreign;
    private final boolean[] beyond;

    /** Both scores must have features; their groups may share names. */
    ForeignPictures(Scores own, Scores others, Domain domain, double temperature) {
        int size = own.size() + others.size();
        distance = new double[size];
        energy = new double[size];
        foreign = new boolean[size];
        beyond = new boolean[size];
        for (int i = 0; i < size; i++) {
            foreign[i] = i >= own.size();
            Scores of = foreign[i] ? others : own;
            int picture = foreign[i] ? i - own.size() : i;
            groups.add((foreign[i] ? "foreign " : "own ") + of.groups().get(picture));
            OutOfDistribution judged = of.judged(picture, domain);
            distance[i] = judged.score();
            beyond[i] = judged.beyond();
            energy[i] = Energy.of(of.logits().get(picture), temperature);
        }
    }

    /** Group of each picture; none holds pictures of both kinds. */
    List<String> groups() {
        return groups;
    }

    /**
     * Figures by name; NaN where one kind is missing.
     *
     * @param pictures own ones first, then foreign ones, with repetition in a bootstrap
     */
    Map<String, Double> of(int[] pictures) {
        double[] distances = new double[pictures.length];
        double[] energies = new double[pictures.length];
        boolean[] positive = new boolean[pictures.length];
        double flagged = 0;
        double all = 0;
        for (int i = 0; i < pictures.length; i++) {
            distances[i] = distance[pictures[i]];
            energies[i] = energy[pictures[i]];
            positive[i] = foreign[pictures[i]];
            all += positive[i] ? 1 : 0;
            flagged += positive[i] && beyond[pictures[i]] ? 1 : 0;
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("auroc", Auroc.of(distances, positive));
        measures.put("energyAuroc", Auroc.of(energies, positive));
        measures.put("flagged", flagged / all);
        return measures;
    }
}
