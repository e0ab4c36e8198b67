package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.oip.OipCall;
import dev.medzoo.serving.predict.Ask;
import dev.medzoo.serving.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/** Who asks by the Open Inference Protocol over REST. */
public record RestCall(Request request, Asking asking) implements OipCall {
    @Override
    public String requestId() {
        return request.head().id();
    }

    /**
     * The question that it puts.
     *
     * @param version or alias, or null for the default
     */
    public Ask ask(String model, @Nullable String version) throws RefusedException {
        return asking.of(request, model, version);
    }
}
