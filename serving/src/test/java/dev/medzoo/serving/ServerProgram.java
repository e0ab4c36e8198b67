package dev.medzoo.serving;

import dev.medzoo.serving.settings.ServerSettings;
import java.util.Map;

/** A process that is nothing but a server, for the tests that end one. */
final class ServerProgram {
    private ServerProgram() {}

    public static void main(String[] arguments) throws Exception {
        Server.run(ServerSettings.read(null, Map.of(), Map.of("port", "0", "workers", "1")));
    }
}
