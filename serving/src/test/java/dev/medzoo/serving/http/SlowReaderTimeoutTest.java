package dev.medzoo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.stream.ChunkedStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** By the clock of an embedded channel, which a test sets. */
class SlowReaderTimeoutTest {
    private static final int RATE = 100;
    private static final int EACH_TIME = (int) (RATE * SlowReaderTimeout.WINDOW_SECONDS);

    private final ChannelInboundHandlerAdapter handler = new ChannelInboundHandlerAdapter();
    private final EmbeddedChannel channel = new EmbeddedChannel(handler);
    private final ChannelHandlerContext context = channel.pipeline().context(handler);
    private final ChannelPromise sent = channel.newPromise();
    private final ChunkedStream answer =
            new ChunkedStream(
                    new ByteBufInputStream(
                            Unpooled.buffer(10 * EACH_TIME).writeZero(10 * EACH_TIME)),
                    1);

    private void take(int bytes) throws Exception {
        for (int i = 0; i < bytes; i++) {
            answer.readChunk(channel.alloc()).release();
        }
    }

    private void pass() {
        channel.advanceTimeBy(SlowReaderTimeout.WINDOW_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void closesOnAClientThatTakesTooLittle() throws Exception {
        channel.freezeTime();
        SlowReaderTimeout.watch(context, answer, sent, RATE);
        take(EACH_TIME);
        pass();
        assertThat(channel.isOpen()).isTrue();
        take(2 * EACH_TIME);
        pass();
        assertThat(channel.isOpen()).isTrue();

        take(EACH_TIME - 1);
        pass();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void letsGoOfAnAnswerThatIsOut() {
        channel.freezeTime();
        SlowReaderTimeout.watch(context, answer, sent, RATE);
        sent.setSuccess();
        pass();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void watchesNoneWhereAnyRateWillDo() {
        channel.freezeTime();
        SlowReaderTimeout.watch(context, answer, sent, 0);
        pass();
        assertThat(channel.isOpen()).isTrue();
    }
}
