package dev.medzoo.serving.dicomweb;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the DICOMweb node.
 *
 * @param root of its services, such as {@code http://127.0.0.1:8042/dicom-web}
 * @param query that its instances must match, as QIDO-RS has it; empty for all
 * @param model that predicts, by name
 * @param version or alias of it, or null for the default
 * @param state the folder in which is kept what became of each instance
 * @param tokenFile with the token that is shown, or null for an entry of a netrc file or nothing
 * @param caFile PEM: who vouches for the server, or null for whom Java believes
 * @param interval between two looks, at least
 * @param timeout of one answer, from the request to its last byte
 * @param pageSize instances asked for at once
 * @param maxInstances that may match the query
 * @param maxBytes of one instance
 */
public record DicomWebSettings(
        URI root,
        String query,
        String model,
        @Nullable String version,
        Path state,
        @Nullable Path tokenFile,
        @Nullable Path caFile,
        Duration interval,
        Duration timeout,
        int pageSize,
        int maxInstances,
        int maxBytes) {
    private static final String OWN_PARAMETERS = "(?i)limit|offset|includefield|fuzzymatching";

    /**
     * Reads the address of a server.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static URI parseRoot(String text) {
        URI root = URI.create(text.endsWith("/") ? text : text + "/");
        if (root.getHost() == null
                || root.getUserInfo() != null
                || root.getQuery() != null
                || root.getFragment() != null
                || !String.valueOf(root.getScheme()).matches("(?i)https?")) {
            throw new IllegalArgumentException("no address of a server");
        }
        return root;
    }

    /**
     * Reads a query. Instances are asked for, so their own attributes and those of their series,
     * study and patient may be named; {@code ModalitiesInStudy} is refused, for a server that
     * matches it with studies alone answers that there is nothing.
     *
     * @throws IllegalArgumentException when it is malformed, or sets what the node sets itself
     */
    public static String parseQuery(String text) {
        for (String each : text.split("&", -1)) {
            String[] pair = each.split("=", 2);
            if (!each.matches("[A-Za-z0-9.]{1,64}=[A-Za-z0-9%*?.,_+:^-]{0,256}")
                    || pair[0].matches(OWN_PARAMETERS)
                    || pair[0].matches("(?i)ModalitiesInStudy|00080061")) {
                throw new IllegalArgumentException(each);
            }
        }
        return text;
    }
}
