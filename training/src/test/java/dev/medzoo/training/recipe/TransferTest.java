package dev.medzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.training.recipe.Recipe.Transfer;
import org.junit.jupiter.api.Test;

class TransferTest {
    @Test
    void lowerPartsLearnMoreSlowly() {
        Transfer transfer = new Transfer(0, 0.5, 0.8, null);

        assertThat(transfer.rate(0)).isEqualTo(0.5);
        assertThat(transfer.rate(3)).isCloseTo(0.5 * 0.512, within(1e-12));
        assertThat(new Transfer(0, 0.5, null, null).rate(3)).isEqualTo(0.5);
    }

    @Test
    void partsJoinOneByOneFromTheTopDownToTheFrozenOnes() {
        Transfer transfer = new Transfer(1, 1, null, 10);

        assertThat(transfer.frozen(0, 5)).isEqualTo(5);
        assertThat(transfer.frozen(9, 5)).isEqualTo(5);
        assertThat(transfer.frozen(10, 5)).isEqualTo(4);
        assertThat(transfer.frozen(25, 5)).isEqualTo(3);
        assertThat(transfer.frozen(1000, 5)).isEqualTo(1);
    }

    @Test
    void withoutUnfreezingTheFrozenPartsStayAsTheyAre() {
        assertThat(new Transfer(2, 1, null, null).frozen(0, 5)).isEqualTo(2);
    }
}
