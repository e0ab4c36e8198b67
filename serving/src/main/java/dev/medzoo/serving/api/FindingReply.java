package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Json;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.predict.Answer;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.Finding;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A finding as clients of DJL Serving expect it: a list of {@code className} and {@code
 * probability}, the most probable first, of <em>all</em> labels. DJL Serving's translator stops
 * after five, which would hide two of the skin model's seven. To a client that accepts {@link
 * Finding#MEDIA_TYPE} it is the whole finding.
 */
final class FindingReply {
    private static final int TOP_K_OF_DJL = 5;
    private static final String UNREADABLE = "Failed to read image from input stream";

    private final Compatibility compatibility;

    /** Shape of DJL Serving's classifications. */
    private record Listed(String className, double probability) {}

    /** Shape of its errors, with what it does not tell. */
    private record Fault(int code, String type, String message, String detail) {}

    FindingReply(Compatibility compatibility) {
        this.compatibility = compatibility;
    }

    Reply of(Request request, Answer answer) {
        Finding finding = answer.findings().get(0);
        Map<String, String> headers = new TreeMap<>(Finding.warnings(answer.findings()));
        headers.put("x-medzoo-model", finding.model().name() + "/" + finding.model().version());
        headers.put("x-medzoo-digest", finding.model().digest());
        return accepts(request, Finding.MEDIA_TYPE)
                ? Reply.text(200, Finding.MEDIA_TYPE, finding.toJson() + "\n", headers)
                : Reply.text(200, Reply.JSON, Json.text(classes(finding)), headers);
    }

    /** Says of a picture what DJL Serving says of it, and beside that what is wrong with it. */
    Reply of(Refusal refusal) {
        int status = compatibility.status(refusal.kind());
        if (refusal.kind() != Kind.UNREADABLE_PICTURE) {
            return Reply.refusing(refusal, status);
        }
        Fault fault = new Fault(status, refusal.kind().type(), UNREADABLE, refusal.message());
        return Reply.json(status, fault).because(refusal);
    }

    private List<Listed> classes(Finding finding) {
        long most = compatibility.isStrict() ? TOP_K_OF_DJL : Long.MAX_VALUE;
        return finding.probabilities().stream()
                .limit(most)
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
