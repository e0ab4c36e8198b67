package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Assembles the codec's messages into requests, with a size limit. */
final class RequestAssembler {
    /** Maximum initial buffer of a body: the announced length may be false. */
    private static final int MOST_BYTES_AHEAD = 1 << 16;

    private final HttpLimits limits;
    private final String idHeader;
    private final Peer client;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private @Nullable RequestHead head;

    /**
     * @param client whose requests they are
     */
    RequestAssembler(HttpLimits limits, String idHeader, Peer client) {
        this.limits = limits;
        this.idHeader = idHeader;
        this.client = client;
    }

    /**
     * Takes the next piece, which stays the caller's to release.
     *
     * @return the request that this message completes, if any
     * @throws RefusedException when the request is invalid
     */
    Optional<Request> add(HttpObject piece) throws RefusedException {
        try {
            return assemble(piece);
        } catch (OutOfMemoryError e) {
            body = new ByteArrayOutputStream(0);
            throw new RefusedException(Refusal.outOfMemory());
        }
    }

    /** Of the request that the latest piece belongs to, or of none before the first. */
    RequestHead head() {
        return head == null ? RequestHead.unknown(client) : head;
    }

    private Optional<Request> assemble(HttpObject piece) throws RefusedException {
        if (piece instanceof HttpRequest start) {
            head = RequestHead.of(start, idHeader, client);
            body = new ByteArrayOutputStream(0);
        }
        refuseMalformed(piece);
        if (piece instanceof HttpRequest start) {
            Authority.check(start);
            ContentCoding.of(start.headers());
            refuseExpectation(start);
            // The codec has refused a length that is no number.
            long length = HttpUtil.getContentLength(start, 0L);
            refuseLarger(length);
            body = new ByteArrayOutputStream((int) Math.min(length, MOST_BYTES_AHEAD));
        }
        if (piece instanceof HttpContent content) {
            append(content.content());
        }
        if (!(piece instanceof LastHttpContent)) {
            return Optional.empty();
        }
        byte[] bytes = body.toByteArray();
        body = new ByteArrayOutputStream(0);
        return Optional.of(Request.of(head(), bytes));
    }

    private void append(ByteBuf content) throws RefusedException {
        refuseLarger((long) body.size() + content.readableBytes());
        try {
            content.readBytes(body, content.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseLarger(long bytes) throws RefusedException {
        if (bytes > limits.maxBodyBytes()) {
            body = new ByteArrayOutputStream(0);
            throw new RefusedException(Refusal.bodyTooLarge(limits.maxBodyBytes()));
        }
    }

    private static void refuseExpectation(HttpRequest start) throws RefusedException {
        String expectation = start.headers().get(HttpHeaderNames.EXPECT);
        if (expectation != null
                && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            throw new RefusedException(
                    new Refusal(
                            Kind.UNKNOWN_EXPECTATION,
                            "expect: " + expectation + " (expected: 100-continue)"));
        }
    }

    private static void refuseMalformed(HttpObject piece) throws RefusedException {
        if (piece.decoderResult().isSuccess()) {
            return;
        }
        Throwable why = piece.decoderResult().cause();
        String message = "HTTP: " + why.getMessage();
        if (why instanceof TooLongHttpLineException) {
            throw new RefusedException(new Refusal(Kind.TARGET_TOO_LONG, message));
        }
        if (why instanceof TooLongHttpHeaderException) {
            throw new RefusedException(new Refusal(Kind.HEADER_TOO_LONG, message));
        }
        throw new RefusedException(Refusal.badRequest(message));
    }
}
