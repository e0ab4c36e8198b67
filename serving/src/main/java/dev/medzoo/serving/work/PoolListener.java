package dev.medzoo.serving.work;

/** Told what happens in the pools. Called by workers, so it must not wait. */
public interface PoolListener {
    /** Tells nobody. */
    PoolListener UNWATCHED =
            new PoolListener() {
                @Override
                public void batch(ServedVersion model, int pictures) {}

                @Override
                public void died(ServedVersion model) {}
            };

    /** A batch of a model was computed. */
    void batch(ServedVersion model, int pictures);

    /** A worker of a model died. */
    void died(ServedVersion model);
}
