package dev.medzoo.serving;

import dev.medzoo.translate.Finding;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /predictions/{model}[/{version}]} with one picture; without a version the stable one
 * answers. The reply is a list of {@code className} and {@code probability}, the most probable
 * first, of <em>all</em> labels: DJL Serving's translator stops after five, which would hide two of
 * the skin model's seven. To a client that accepts {@link Finding#MEDIA_TYPE} it is the whole
 * finding.
 *
 * <p>DJL Serving takes any method here, and fetches a picture from the {@code image_url} of a JSON
 * body. This server takes POST, and fetches nothing.
 */
final class PredictionEndpoint implements Endpoint {
    private final ServedModels models;

    /** Shape of DJL Serving's classifications. */
    private record Listed(String className, double probability) {}

    PredictionEndpoint(ServedModels models) {
        this.models = models;
    }

    @Override
    public boolean owns(List<String> path) {
        return path.get(0).equals("predictions") && (path.size() == 2 || path.size() == 3);
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST", "OPTIONS");
    }

    @Override
    public CompletableFuture<Reply> answer(Request request) throws RefusedException {
        List<String> path = request.path();
        ServedModel model = models.find(path.get(1), path.size() == 3 ? path.get(2) : null);
        if (request.head().method().equals("OPTIONS")) {
            return CompletableFuture.completedFuture(Reply.ok(Map.of()));
        }
        return model.pool().submit(request).thenApply(finding -> reply(request, model, finding));
    }

    private static Reply reply(Request request, ServedModel model, Finding finding) {
        Map<String, String> headers =
                Map.of(
                        "x-medzoo-notice", Finding.NOTICE,
                        "x-medzoo-model", model.reference(),
                        "x-medzoo-digest", model.identity().digest());
        return accepts(request, Finding.MEDIA_TYPE)
                ? Reply.text(200, Finding.MEDIA_TYPE, finding.toJson() + "\n", headers)
                : Reply.text(200, Reply.JSON, Json.text(classes(finding)), headers);
    }

    private static List<Listed> classes(Finding finding) {
        return finding.probabilities().stream()
                .map(each -> new Listed(each.label(), each.probability()))
                .toList();
    }

    private static boolean accepts(Request request, String type) {
        for (String header : request.head().headers().getAll(HttpHeaderNames.ACCEPT)) {
            for (String range : header.split(",", -1)) {
                CharSequence mime = HttpUtil.getMimeType(range);
                if (mime != null && type.equalsIgnoreCase(mime.toString().strip())) {
                    return true;
                }
            }
        }
        return false;
    }
}
