package dev.medzoo.serving.work;

/** Listens to events of worker pools. Workers call it, so it must not block. */
public interface PoolListener {
    /** Ignores all events. */
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
