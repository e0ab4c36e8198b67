package dev.medzoo.serving.oip;

import dev.medzoo.translate.Finding;
import dev.medzoo.translate.ModelIdentity;
import java.util.List;
import java.util.SortedMap;

/**
 * What a model says about the pictures of one request.
 *
 * @param model that spoke
 * @param findings one a picture, in their order
 */
public record OipAnswer(ModelIdentity model, List<Finding> findings) {
    public OipAnswer {
        findings = List.copyOf(findings);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("findings: none (expected: one a picture)");
        }
    }

    /** Whether any label is not to be believed, by name of a parameter of the answer. */
    SortedMap<String, Boolean> doubts() {
        return Finding.doubts(findings);
    }
}
