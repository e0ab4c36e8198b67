package dev.medzoo.serving.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether clients show a certificate. */
public enum ClientAuth {
    /** None is asked for. */
    NONE(io.netty.handler.ssl.ClientAuth.NONE),

    /** Who shows none is served too; a wrong one is refused. */
    OPTIONAL(io.netty.handler.ssl.ClientAuth.OPTIONAL),

    /** Without a right one there is no connection. */
    REQUIRE(io.netty.handler.ssl.ClientAuth.REQUIRE);

    private final io.netty.handler.ssl.ClientAuth netty;

    ClientAuth(io.netty.handler.ssl.ClientAuth netty) {
        this.netty = netty;
    }

    /** As it stands in settings, such as {@code optional}. */
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
