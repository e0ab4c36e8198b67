package dev.medzoo.batch.score;

/** Told how far a run is. */
@FunctionalInterface
public interface ScoreProgress {
    /**
     * So many parts of the input are done.
     *
     * @param done of them, those of earlier runs included
     * @param all that there are
     */
    void update(int done, int all);
}
