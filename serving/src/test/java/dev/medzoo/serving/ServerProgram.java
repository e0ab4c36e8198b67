package dev.medzoo.serving;

import dev.medzoo.serving.settings.ServerSettings;
import java.util.HashMap;
import java.util.Map;

/** A process that is nothing but a server, for the tests that end one. */
final class ServerProgram {
    private ServerProgram() {}

    /**
     * Serves until it is told to stop.
     *
     * @param arguments settings beside a free port and one worker, {@code key=value}
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("port", "0", "workers", "1"));
        for (String each : arguments) {
            String[] parts = each.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        Server.run(ServerSettings.read(null, Map.of(), settings));
    }
}
