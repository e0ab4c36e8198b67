package dev.medzoo.serving.work;

/** Told what happens in the pools. Called by workers, so it must not wait. */
public interface PoolWatch {
    /** Tells nobody. */
    PoolWatch UNWATCHED =
            new PoolWatch() {
                @Override
                public void batch(String reference, int pictures) {}

                @Override
                public void died(String reference) {}
            };

    /** A batch of a model was computed. */
    void batch(String reference, int pictures);

    /** A worker of a model died. */
    void died(String reference);
}
