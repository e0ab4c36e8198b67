package dev.medzoo.benchmarks.serving;

import java.util.List;

/**
 * Phases side by side in time, as the machine itself changes over minutes.
 *
 * @param peak as many clients at a time as keep every core busy, and no more than may wait
 * @param below nine tenths as many requests a second as the peak answers, whatever the answers
 * @param at as many as that
 * @param beyond three times as many
 * @param farBeyond ten times as many
 * @param crowd more clients than may wait, all of which ask again as soon as they are refused
 */
record OverloadRound(
        Phase peak, Phase below, Phase at, Phase beyond, Phase farBeyond, Phase crowd) {
    List<Phase> phases() {
        return List.of(peak, below, at, beyond, farBeyond, crowd);
    }

    /**
     * What of the peak is left in a phase, for each core that clients and others leave to the
     * server: clients of many more requests would be on other machines.
     */
    double share(Phase phase) {
        return phase.accepted() / phase.cores().left() / (peak.accepted() / peak.cores().left());
    }

    /**
     * What a request cost the server in a phase beside its prediction, in milliseconds of a core: a
     * refusal costs no more than that.
     */
    double refusalCost(Phase phase) {
        return 1000 * phase.cores().handling() / (phase.accepted() + phase.refused());
    }
}
