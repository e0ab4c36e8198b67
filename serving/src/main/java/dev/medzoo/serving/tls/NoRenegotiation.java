package dev.medzoo.serving.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection whose client renegotiates, as TLS 1.2 allows: a handshake costs the server
 * far more than the client, and none is needed. The JDK has a property for this, which it reads
 * once, whoever sets it when. It sees the client's bytes before they are deciphered: the first of a
 * record is its type, also of one that is enciphered.
 */
final class NoRenegotiation extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE = 22;
    private static final int HEADER_BYTES = 5;

    private boolean isEstablished;

    /** Of the record's header that have come. */
    private int headerBytes;

    private int length;

    /**
     * @param tls whose first handshake is the last
     */
    NoRenegotiation(SslHandler tls) {
        tls.handshakeFuture().addListener(done -> isEstablished = done.isSuccess());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Whether closing fails changes nothing here.
    public void channelRead(ChannelHandlerContext context, Object piece) {
        if (piece instanceof ByteBuf bytes && isSecondHandshake(bytes)) {
            ReferenceCountUtil.release(piece);
            context.close();
        } else {
            context.fireChannelRead(piece);
        }
    }

    private boolean isSecondHandshake(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (headerBytes == HEADER_BYTES) {
                int skipped = Math.min(length, bytes.writerIndex() - at);
                length -= skipped;
                at += skipped;
                headerBytes = length == 0 ? 0 : HEADER_BYTES;
                continue;
            }
            int each = bytes.getUnsignedByte(at);
            if (headerBytes == 0 && each == HANDSHAKE && isEstablished) {
                return true;
            }
            // The last two of a header are the length of what follows.
            length = headerBytes < HEADER_BYTES - 2 ? 0 : length << 8 | each;
            headerBytes++;
            at++;
        }
        return false;
    }
}
