package dev.medzoo.serving.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.audit.AuditEvent.Via;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that cannot be wrong. */
class AuditEventTest {
    private static AuditEvent event(String requestId, String who, String model, int status) {
        return new AuditEvent(requestId, Via.HTTP, who, model, null, null, null, status, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.7", "::1", "fe80::1", "ana@ward", "Ana Roth", "", "a/b"})
    void whoIsATokensIdAndNoAddressAndNoName(String who) {
        assertThatThrownBy(() -> event("r", who, "skin", 200))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("who: ")
                .message()
                .satisfies(said -> assertThat(who.isEmpty() || !said.contains(who)).isTrue());
    }

    @Test
    void refusesEverythingElseThatIsWrong() {
        assertThatThrownBy(() -> event("a b", "ana", "skin", 200))
                .hasMessage(
                        "requestId: 3 characters (expected: 1 to 128 visible ASCII characters)");
        assertThatThrownBy(() -> event("r", "ana", "ski\n", 200)).hasMessageStartingWith("model: ");
        assertThatThrownBy(() -> event("r", "ana", "skin", 99))
                .hasMessage("status: 99 (expected: 100..599)");
        AuditDecision decision = new AuditDecision("nv", 1, false);
        assertThatThrownBy(
                        () ->
                                new AuditEvent(
                                        "r", Via.GRPC, "ana", "m", "1", null, null, 200, decision))
                .hasMessageStartingWith("digest: none (expected: ");
        assertThatThrownBy(
                        () ->
                                new AuditEvent(
                                        "r",
                                        Via.GRPC,
                                        "ana",
                                        "m",
                                        "1",
                                        "sha256:0",
                                        null,
                                        200,
                                        null))
                .hasMessageStartingWith("digest: 8 characters (expected: sha256: and 64 ");
        assertThatThrownBy(() -> new AuditDecision("nv", Double.NaN, false))
                .hasMessage("probability: NaN (expected: 0 to 1)");
        assertThatThrownBy(() -> new AuditDecision("", 0.5, false))
                .hasMessageStartingWith("label: 0 characters (expected: 1..256");
        assertThatThrownBy(() -> new InputHash("00")).hasMessageStartingWith("input: 00 (expected");
    }

    @Test
    void aLinkIsReadAsItIsWritten() {
        ChainLink link = new ChainLink(42, "ab".repeat(32));

        assertThat(ChainLink.parse(link.toString())).isEqualTo(link);
        assertThatThrownBy(() -> ChainLink.parse("42"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("42 (expected: SEQ:MAC");
        assertThatThrownBy(() -> new ChainLink(-1, link.mac()))
                .hasMessage("seq: -1 (expected: 0 or more)");
    }

    @Test
    void settingsHaveBounds() {
        Path file = Path.of("audit.log");

        assertThat(new AuditSettings(file, file).fsync()).isTrue();
        assertThatThrownBy(() -> new AuditSettings(file, file, 4095, true, 1))
                .hasMessage("rotate at: 4095 bytes (expected: at least 4096)");
        assertThatThrownBy(() -> new AuditSettings(file, file, 4096, true, 0))
                .hasMessage("audit queue: 0 (expected: at least 1)");
    }
}
