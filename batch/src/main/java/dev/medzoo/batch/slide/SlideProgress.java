package dev.medzoo.batch.slide;

/** Is told how far the scoring of a slide is; called by any thread, one at a time. */
@FunctionalInterface
public interface SlideProgress {
    /**
     * Some fields are done.
     *
     * @param done so far
     * @param all that there are
     */
    void update(int done, int all);
}
