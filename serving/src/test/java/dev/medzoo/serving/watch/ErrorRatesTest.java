package dev.medzoo.serving.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.http.Peer;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.RequestHead;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.watch.ErrorRates.Limit;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorRatesTest {
    private static final RequestHead HEAD =
            RequestHead.of(
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
                    RequestHead.ID_HEADER,
                    new Peer("here", true));
    private static final Limit TWO_A_MINUTE = Limit.parse("2");

    private final AtomicLong clock = new AtomicLong();

    @Test
    void areExceededByOneMoreThanTheLimitWithinItsWindow() {
        ErrorRates rates = new ErrorRates(null, TWO_A_MINUTE, null, clock::get);
        answer(rates, Kind.FAILED, 2);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        answer(rates, Kind.FAILED, 2);
        assertThat(rates.isExceeded()).isFalse();

        answer(rates, Kind.FAILED, 1);
        clock.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(rates.isExceeded()).isTrue();
    }

    @Test
    void countWhatNoWorkerTookApartAndAllTogether() {
        ErrorRates apart = new ErrorRates(TWO_A_MINUTE, TWO_A_MINUTE, null, clock::get);
        answer(apart, Kind.FAILED, 2);
        answer(apart, Kind.QUEUE_FULL, 2);
        assertThat(apart.isExceeded()).isFalse();

        ErrorRates together = new ErrorRates(null, null, Limit.parse("3/PT1S"), clock::get);
        answer(together, Kind.FAILED, 2);
        answer(together, Kind.QUEUE_FULL, 2);
        assertThat(together.isExceeded()).isTrue();
    }

    @Test
    void doNotMindWhatClientsCause() {
        ErrorRates rates = new ErrorRates(null, null, Limit.parse("0/PT1H"), clock::get);
        answer(rates, Kind.UNREADABLE_PICTURE, 10);
        answer(rates, Kind.TOO_MANY_REQUESTS, 10);
        rates.answered(HEAD, null, Reply.ok("fine"), Duration.ZERO);
        assertThat(rates.isExceeded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1/", "1/minute", "1/PT0S", "1/PT-1S"})
    void refuseAFormThatIsNone(String text) {
        assertThatThrownBy(() -> Limit.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void answer(ErrorRates rates, Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            Reply reply = Reply.refusing(new Refusal(kind, "no"));
            rates.answered(HEAD, null, reply, Duration.ZERO);
        }
    }
}
