package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountCheckTest {
    private static final String METRIC = "medzoo_http_requests_total";

    /** Ten answers 200, three 400, and two clients that left. */
    private static Ledger ledger() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 15; i++) {
            Sender sender = i < 10 ? Sender.GOOD : i < 13 ? Sender.BAD : Sender.LEAVING;
            ledger.begin(sender);
            if (sender == Sender.LEAVING) {
                ledger.left(sender);
            } else {
                int status = sender == Sender.GOOD ? 200 : 400;
                ledger.answered(sender, new Answer(status, "HTTP/1.1 " + status + "\r\n", ""));
            }
        }
        return ledger;
    }

    @ParameterizedTest
    @CsvSource({
        "10, 3, 0, true",
        "9, 3, 0, true", // The page was written before it was counted.
        "8, 3, 0, false",
        "10, 2, 0, false",
        "12, 3, 0, true", // Both that left were answered.
        "11, 4, 0, true",
        "10, 3, 2, true",
        "13, 3, 0, false",
        "12, 4, 0, false",
        "10, 3, 3, false"
    })
    void aServerMayHaveCountedThoseWhoLeftOrNot(int ok, int bad, int gone, boolean agrees) {
        String page =
                """
                # TYPE medzoo_http_requests_total counter
                %1$s{method="GET",status="200"} 1.0
                %1$s{method="POST",status="200"} %2$d.0
                %1$s{method="POST",status="400"} %3$d.0
                %1$s{method="POST",status="499"} %4$d.0
                """
                        .formatted(METRIC, ok - 1, bad, gone);
        CountCheck check = new CountCheck(ledger(), MetricsPage.parse(page));
        assertThat(check.criterion().passed()).isEqualTo(agrees);
    }

    @Test
    void aServerWithoutAPageDoesNotAgree() {
        CountCheck check = new CountCheck(ledger(), MetricsPage.parse(""));
        assertThat(check.criterion().seen())
                .isEqualTo("200: 0 of 9..12, 400: 0 of 3..5, all: 0 of 12..15 (expected: agree)");
    }
}
