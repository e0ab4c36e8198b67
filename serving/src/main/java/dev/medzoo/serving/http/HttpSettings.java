package dev.medzoo.serving.http;

import java.util.Map;

/**
 * How a server speaks HTTP, and with whom.
 *
 * @param loopThreads that move bytes; 0 for one for every two cores
 * @param limits of what one client may cost
 * @param allowedHosts by whose names it is asked
 * @param clientRate predictions a second that one client may ask for in the long run; 0 for any
 * @param clientBurst predictions that one client may ask for at once after a pause
 * @param idHeader that carries a request's id both ways
 * @param corsHeaders of every answer
 */
public record HttpSettings(
        int loopThreads,
        HttpLimits limits,
        AllowedHosts allowedHosts,
        int clientRate,
        int clientBurst,
        String idHeader,
        Map<String, String> corsHeaders) {
    public HttpSettings {
        corsHeaders = Map.copyOf(corsHeaders);
    }
}
