package dev.medzoo.serving.http;

import java.util.Map;

/**
 * HTTP settings.
 *
 * @param loopThreads event loop threads; 0 for one per two cores
 * @param limits on requests and connections
 * @param allowedHosts accepted host names
 * @param clientRate sustained predictions per second of one client; 0 for no limit
 * @param clientBurst predictions of one client in a burst
 * @param idHeader that carries a request's id both ways
 * @param corsHeaders CORS headers of every response
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
