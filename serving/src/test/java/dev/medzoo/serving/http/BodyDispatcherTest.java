package dev.medzoo.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests whose bodies take long to read, on a listener with a single event loop. */
class BodyDispatcherTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CountDownLatch read = new CountDownLatch(1);
    private final AtomicReference<Thread> answeringThread = new AtomicReference<>();
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService bodies = Executors.newFixedThreadPool(2);
    private final HttpListener listener;

    BodyDispatcherTest() throws IOException {
        InFlight inFlight = new InFlight();
        Route slow = Route.open(Set.of("POST"), "/slow", Handler.of(this::slow));
        Route live = Route.open("GET", "/live", Handler.of(any -> Reply.ok("live")));
        Route unread =
                Route.open(Set.of("POST"), "/unread", Handler.of(this::thread)).leavingBody();
        HttpContext shared =
                new HttpContext(
                        new Router(
                                List.of(slow, unread, live),
                                RequestFilter.OPEN,
                                inFlight,
                                new BodyDispatcher(bodies, 1000),
                                Preflight.NONE),
                        inFlight,
                        new HttpLimits(1000, 8192, MINUTE, MINUTE, 100, 100, 0),
                        ExchangeListener.UNWATCHED,
                        RequestHead.ID_HEADER,
                        Map.of());
        listener =
                new HttpListener(loop, "127.0.0.1", 0, shared, new ConnectionLimit(100, 100), null);
    }

    private Reply slow(Request request) {
        try {
            return Reply.ok(read.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply thread(Request request) {
        answeringThread.set(Thread.currentThread());
        return Reply.ok("handed on");
    }

    @AfterEach
    void stop() {
        read.countDown();
        listener.close();
        bodies.shutdownNow();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Thirty-two forms, each with megabytes of headers, once made a probe wait ten seconds. */
    @Test
    void holdUpNoOther() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            slow.add(send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na"));
        }

        try (Socket probe = send("GET /live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")) {
            assertThat(answer(probe)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(read.getCount()).isEqualTo(1);
        read.countDown();
        for (Socket each : slow) {
            assertThat(answer(each)).startsWith("HTTP/1.1 200 ");
            each.close();
        }
    }

    @Test
    void thatAreHandedOnUnreadNeedNoThread() throws Exception {
        Future<Thread> loopsOwn = loop.submit(Thread::currentThread);
        String plain = "POST /unread HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na";
        try (Socket client = send(plain)) {
            assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(answeringThread.get()).isSameAs(loopsOwn.get(1, TimeUnit.MINUTES));
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket(listener.address().getAddress(), listener.address().getPort());
        socket.setSoTimeout(600_000);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] status = socket.getInputStream().readNBytes(15);
        return new String(status, UTF_8);
    }
}
