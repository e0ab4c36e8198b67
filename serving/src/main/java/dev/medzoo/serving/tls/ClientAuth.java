package dev.medzoo.serving.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether clients authenticate with a certificate (mTLS). */
public enum ClientAuth {
    /** No client certificate is requested. */
    NONE(io.netty.handler.ssl.ClientAuth.NONE),

    /** A client certificate is optional; an invalid one is refused. */
    OPTIONAL(io.netty.handler.ssl.ClientAuth.OPTIONAL),

    /** A valid client certificate is required. */
    REQUIRE(io.netty.handler.ssl.ClientAuth.REQUIRE);

    private final io.netty.handler.ssl.ClientAuth netty;

    ClientAuth(io.netty.handler.ssl.ClientAuth netty) {
        this.netty = netty;
    }

    /** The value in settings, such as {@code optional}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ClientAuth> of(String word) {
        return Arrays.stream(values()).filter(auth -> auth.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ClientAuth::word).toList();
    }

    io.netty.handler.ssl.ClientAuth netty() {
        return netty;
    }
}
