package dev.medzoo.registry.gate;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.load.CardText;
import java.io.IOException;

/** The card's texts describe this model: they are not copied from another recipe. */
final class CardTextCheck implements Check {
    @Override
    public String name() {
        return "words";
    }

    @Override
    public String expected(Subject subject) {
        return "a summary and an intendedUse that no other artifact's card has";
    }

    @Override
    public String remedy() {
        return "write new text under `card` in the recipe, then run medzoo card CANDIDATE"
                + " --recipe FILE; no training is needed";
    }

    @Override
    public Seen look(Subject subject) throws IOException, ModelException {
        ModelCard card = subject.content().card();
        return Seen.of(
                CardText.borrowed(card.summary(), card.intendedUse(), subject.others().read()),
                "not in another card");
    }
}
