package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a limit of ten seconds, by the channel's own clock. */
class SlowRequestTimeoutTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n";

    private final Events events = new Events();
    private EmbeddedChannel channel = new EmbeddedChannel();

    /** What a connection's last handler is told. */
    private static final class Events extends ChannelInboundHandlerAdapter {
        private int timedOut;

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            assertThat(event).isSameAs(RequestTimeoutEvent.INSTANCE);
            timedOut++;
        }
    }

    @BeforeEach
    void connect() {
        SlowRequestTimeout slow = new SlowRequestTimeout(Duration.ofSeconds(10));
        channel =
                new EmbeddedChannel(
                        slow.bytes(),
                        new HttpResponseEncoder(),
                        new HttpRequestDecoder(),
                        slow.messages(),
                        events);
        channel.freezeTime();
    }

    @AfterEach
    void disconnect() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aConnectionOnWhichNothingComesIsTimedOutOnce() {
        pass(9);
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
        send(GET);
        pass(100);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {GET + GET + GET, POST + GET})
    void aByteNowAndThenBuysNoTime(String request) {
        for (int i = 0; i < 9; i++) {
            send(request.substring(i, i + 1));
            pass(1);
        }
        assertThat(events.timedOut).isZero();
        send(request.substring(9, 10));
        pass(2);

        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void aBodyThatDribblesIsTimedOutToo() {
        send(POST);
        for (int i = 0; i < 9; i++) {
            pass(1);
            send("x");
        }
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void neitherTheAnswerNorTheTimeBetweenRequestsCounts() {
        for (int i = 0; i < 3; i++) {
            send(POST + "x".repeat(50));
            pass(8);
            send("x".repeat(50));
            pass(1000);
            answer();
            pass(1000);
        }
        assertThat(events.timedOut).isZero();

        send("G");
        pass(9);
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void whatIsSentAheadCountsFromTheLastAnswerOn() {
        send(GET + GET);
        send("GE");
        pass(100);
        send("T");
        pass(100);
        answer();
        pass(100);
        assertThat(events.timedOut).isZero();
        answer();
        pass(9);
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void aHeadThatCameWithTheRequestBeforeCountsFromTheLastAnswerOn() {
        send(GET + POST);
        pass(100);
        answer();
        pass(11);

        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void aPieceThatCameWithTheRequestBeforeCountsFromTheNextByteOn() {
        send(GET + "GE");
        answer();
        pass(100);
        assertThat(events.timedOut).isZero();
        send("T");
        pass(11);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void pipelinedRequestsThatAreAnsweredLeaveNoClockBehind() {
        send((GET + POST + "x".repeat(100)).repeat(100));
        for (int i = 0; i < 200; i++) {
            pass(1);
            answer();
        }
        pass(1000);

        assertThat(events.timedOut).isZero();
    }

    @Test
    void timeInWhichTheServerDoesNotReadDoesNotCount() {
        send(POST);
        pass(6);
        channel.config().setAutoRead(false);
        channel.pipeline().fireChannelReadComplete();
        pass(1000);
        channel.config().setAutoRead(true);
        pass(3);
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void aPauseThatBeginsBetweenReadsGivesTheWholeTimeAgain() {
        send(POST);
        channel.config().setAutoRead(false);
        pass(1000);
        channel.config().setAutoRead(true);
        pass(9);
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void anInvitationIsNoAnswer() {
        send(POST.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
        pass(5);
        answer(HttpResponseStatus.CONTINUE);
        pass(4);
        assertThat(events.timedOut).isZero();
        pass(2);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void aRequestThatIsAnsweredBeforeItIsWholeIsMeasuredNoMore() {
        send(POST + "x");
        answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        for (int i = 0; i < 99; i++) {
            pass(1);
            send("x");
        }
        pass(100);
        assertThat(events.timedOut).isZero();

        send("G");
        pass(11);
        assertThat(events.timedOut).isEqualTo(1);
    }

    @Test
    void nothingIsTimedOutAfterTheConnectionsEnd() {
        send(POST);
        channel.close().syncUninterruptibly();
        pass(100);

        assertThat(events.timedOut).isZero();
    }

    @Test
    void refusesNoTimeAtAll() {
        assertThatThrownBy(() -> new SlowRequestTimeout(Duration.ZERO))
                .hasMessage("time to send a request: PT0S (expected: > 0)");
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void answer() {
        answer(HttpResponseStatus.OK);
    }

    private void answer(HttpResponseStatus status) {
        channel.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER));
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }
}
