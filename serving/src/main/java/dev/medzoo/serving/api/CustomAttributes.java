package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Request;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code X-Amzn-SageMaker-Custom-Attributes: name=value;name=value}, in place of headers. */
final class CustomAttributes {
    static final String HEADER = "x-amzn-sagemaker-custom-attributes";

    private CustomAttributes() {}

    /** By name in lower case. */
    static Map<String, String> of(Request request) {
        Map<String, String> attributes = new HashMap<>();
        for (String each : request.head().headers().get(HEADER, "").split(";", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                String name = each.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                attributes.put(name, each.substring(equals + 1).strip());
            }
        }
        return attributes;
    }
}
