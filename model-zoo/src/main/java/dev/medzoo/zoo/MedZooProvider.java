package dev.medzoo.zoo;

import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooProvider;
import dev.medzoo.translate.EngineDefaults;

/** Tells DJL that {@link MedZoo} is there, before any of its engines is. */
public final class MedZooProvider implements ZooProvider {
    @Override
    public ModelZoo getModelZoo() {
        EngineDefaults.setNoReport();
        return new MedZoo();
    }
}
