/**
 * Many pictures, scored on Apache Spark.
 *
 * <p>Start at {@link dev.medzoo.batch.score.ScoreJob}: it lists the pictures as {@code InputPart}s,
 * always the same for the same input, and has each part scored by a task, {@code PartScorer}, which
 * writes one file of rows. A part whose file is there is done, so a run that died goes on with the
 * others. {@link dev.medzoo.batch.score.SlideJob} does the same with the parts of slides, and then
 * maps each. Whoever has a data frame of bytes uses {@link dev.medzoo.batch.score.MedZooFunctions}.
 *
 * <p>Spark is on the class path of whoever uses this package, and in no release of ours.
 */
@NullMarked
package dev.medzoo.batch.score;

import org.jspecify.annotations.NullMarked;
