package dev.medzoo.zoo;

import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooProvider;
import dev.medzoo.translate.EngineDefaults;

/** Registers {@link MedZoo} with DJL before any engine starts. */
public final class MedZooProvider implements ZooProvider {
    @Override
    public ModelZoo getModelZoo() {
        EngineDefaults.setNoReport();
        return new MedZoo();
    }
}
