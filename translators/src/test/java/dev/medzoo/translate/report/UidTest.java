package dev.medzoo.translate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class UidTest {
    @Test
    void isAUuidAsANumber() {
        for (String uid : new String[] {Uid.random(), Uid.named("a", "b"), Uid.named()}) {
            assertThat(uid).matches("2\\.25\\.[1-9][0-9]{0,38}");
            assertThat(new BigInteger(uid.substring(5)).bitLength()).isLessThanOrEqualTo(128);
        }
        assertThat(digit(Uid.random(), 48 + 28)).isEqualTo(4);
        assertThat(digit(Uid.named("a"), 48 + 28)).isEqualTo(8);
        assertThat(digit(Uid.named("a"), 60) & 0xc).isEqualTo(8);
    }

    /** Four bits of it, whose lowest is at a place from the right. */
    private static int digit(String uid, int place) {
        return new BigInteger(uid.substring(5)).shiftRight(place).intValue() & 0xf;
    }

    @Test
    void belongsToItsNames() {
        assertThat(Uid.named("a", "b")).isEqualTo(Uid.named("a", "b"));
        assertThat(Uid.named("a", "b"))
                .isNotEqualTo(Uid.named("ab"))
                .isNotEqualTo(Uid.named("", "ab"))
                .isNotEqualTo(Uid.named("b", "a"));
        assertThat(Uid.random()).isNotEqualTo(Uid.random());
    }
}
