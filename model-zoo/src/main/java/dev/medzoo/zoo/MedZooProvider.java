package dev.medzoo.zoo;

import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooProvider;

/** Tells DJL that {@link MedZoo} is there. */
public final class MedZooProvider implements ZooProvider {
    @Override
    public ModelZoo getModelZoo() {
        return new MedZoo();
    }
}
