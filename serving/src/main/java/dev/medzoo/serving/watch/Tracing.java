package dev.medzoo.serving.watch;

import dev.medzoo.serving.predict.PredictionListener;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.ExplanationResult;
import dev.medzoo.serving.work.Prediction;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a span for every prediction to an OpenTelemetry collector, with a child span for each
 * phase. The parent is the client's span if the request has a W3C trace context.
 */
public final class Tracing implements PredictionListener, AutoCloseable {
    private static final String TRACE_PARENT = "traceparent";
    private static final TextMapGetter<String> GETTER =
            new TextMapGetter<>() {
                @Override
                @SuppressWarnings("deprecation") // Still abstract.
                public Iterable<String> keys(String carrier) {
                    return List.of(TRACE_PARENT);
                }

                @Override
                public @Nullable String get(@Nullable String carrier, String key) {
                    return key.equals(TRACE_PARENT) ? carrier : null;
                }
            };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * Starts exporting.
     *
     * @param collector that takes OTLP over HTTP, without its path
     */
    public Tracing(URI collector) {
        OtlpHttpSpanExporter exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.resolve("/v1/traces").toString())
                        .build();
        provider =
                SdkTracerProvider.builder()
                        .setResource(
                                Resource.getDefault().toBuilder()
                                        .put("service.name", "medzoo")
                                        .build())
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(exporter)
                                        .setScheduleDelay(Duration.ofSeconds(1))
                                        .build())
                        .build();
        tracer = provider.get("dev.medzoo.serving");
    }

    @Override
    public void answered(PredictionRequest request, PredictionResponse answer, Instant start) {
        Span span = begin(request, answer.model(), start);
        Context parent = Context.root().with(span);
        for (Prediction each : answer.predictions()) {
            Instant at = start;
            at = part("queue", at, each.queue(), parent);
            at = part("preprocess", at, each.preprocess(), parent);
            at = part("inference", at, each.inference(), parent);
            at = part("postprocess", at, each.postprocess(), parent);
            ExplanationResult explained = each.explained();
            if (explained != null) {
                part("explanation", at, explained.time(), parent);
            }
        }
        span.end();
    }

    @Override
    public void refused(
            PredictionRequest request,
            @Nullable ServedModel model,
            Refusal refusal,
            Instant start) {
        Span span = begin(request, model, start);
        span.setAttribute("medzoo.refusal", refusal.kind().name());
        if (refusal.kind().status() >= 500) {
            span.setStatus(StatusCode.ERROR, refusal.kind().type());
        }
        span.end();
    }

    private Span begin(PredictionRequest request, @Nullable ServedModel model, Instant start) {
        Context above =
                W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), nonNull(request.traceParent()), GETTER);
        SpanBuilder builder =
                tracer.spanBuilder(request.operation())
                        .setParent(above)
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(start)
                        .setAttribute("medzoo.request_id", request.requestId());
        if (model != null) {
            builder.setAttribute("medzoo.model", model.name())
                    .setAttribute("medzoo.version", model.version())
                    .setAttribute("medzoo.digest", model.identity().digest());
        }
        return builder.startSpan();
    }

    private static String nonNull(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Instant part(String name, Instant start, Duration time, Context parent) {
        Instant end = start.plus(time);
        tracer.spanBuilder(name).setParent(parent).setStartTimestamp(start).startSpan().end(end);
        return end;
    }

    /** Flushes and stops. */
    @Override
    public void close() {
        provider.shutdown().join(5, TimeUnit.SECONDS);
    }
}
