package dev.medzoo.batch.score;

/**
 * A run that is done.
 *
 * @param summary of all its pictures
 * @param out its folder
 * @param parts of the input
 * @param before how many of them earlier runs had done
 */
public record ScoreResult(ScoreSummary summary, String out, int parts, int before) {}
