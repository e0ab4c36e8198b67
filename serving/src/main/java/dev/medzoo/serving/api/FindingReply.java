package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Json;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.report.StructuredReports;
import dev.medzoo.translate.report.Uid;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Formats a finding as clients of DJL Serving expect it: a list of {@code className} and {@code
 * probability}, the most probable first, of <em>all</em> labels. DJL Serving's translator stops
 * after five, which would hide two of the skin model's seven. A client that accepts {@link
 * Finding#MEDIA_TYPE} gets the whole finding, and one that accepts {@link
 * StructuredReports#MEDIA_TYPE} gets a report on a DICOM file.
 */
final class FindingReply {
    private static final int TOP_K_OF_DJL = 5;
    private static final String UNREADABLE = "Failed to read image from input stream";

    private final Compatibility compatibility;

    /** Shape of DJL Serving's classifications. */
    private record Listed(String className, double probability) {}

    /** Shape of its errors, with additional fields. */
    private record Fault(int code, String type, String message, String detail) {}

    FindingReply(Compatibility compatibility) {
        this.compatibility = compatibility;
    }

    Reply of(NegotiatedFormat choice, PredictionResponse answer) {
        Finding finding = answer.findings().get(0);
        Map<String, String> headers = headers(answer);
        SourceInstance source = choice.source();
        if (source != null) {
            byte[] report =
                    StructuredReports.of(
                            source, choice.frame(), finding, Uid.random(), Instant.now());
            return Reply.of(200, StructuredReports.MEDIA_TYPE, ByteBuffer.wrap(report), headers);
        }
        return choice.form() == ResponseFormat.FINDING
                ? Reply.text(200, Finding.MEDIA_TYPE, finding.toJson() + "\n", headers)
                : Reply.text(200, Reply.JSON, Json.text(classes(finding)), headers);
    }

    /** Headers with the model and the reliability of its first finding. */
    static Map<String, String> headers(PredictionResponse answer) {
        Map<String, String> headers = new TreeMap<>(Finding.warnings(answer.findings()));
        ModelIdentity model = answer.findings().get(0).model();
        headers.put("x-medzoo-model", model.name() + "/" + model.version());
        headers.put("x-medzoo-digest", model.digest());
        headers.put("x-medzoo-runtime", answer.model().runtime());
        return headers;
    }

    /** Adds the fault of the picture to DJL Serving's message. */
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
}
