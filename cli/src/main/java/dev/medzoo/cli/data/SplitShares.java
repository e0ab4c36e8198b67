package dev.medzoo.cli.data;

import dev.medzoo.training.prepare.Shares;
import picocli.CommandLine.Option;

/** Shares and seed of a split, for the commands that make one. */
final class SplitShares {
    @Option(
            names = "--val",
            paramLabel = "SHARE",
            description = "share of val; default: ${DEFAULT-VALUE}")
    private double val = Shares.USUAL.val();

    @Option(
            names = "--test",
            paramLabel = "SHARE",
            description = "share of test; default: ${DEFAULT-VALUE}")
    private double test = Shares.USUAL.test();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "random seed of the split; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    Shares shares() {
        return new Shares(val, test);
    }

    long seed() {
        return seed;
    }
}
