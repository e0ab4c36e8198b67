package dev.medzoo.serving.predict;

import dev.medzoo.serving.predict.Routing.Choice;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.work.ExplanationRequest;
import dev.medzoo.serving.work.Job;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.serving.work.Prediction;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.OutOfDistribution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs prediction requests on the model they name. A request is cancelled when its deadline passes
 * or its client disconnects.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Who waits for an answer sees what fails.
public final class PredictionService implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(PredictionService.class);

    /**
     * The refusal of every request while the recorder cannot write: no answer is sent unrecorded.
     */
    private static final Refusal UNKEPT =
            Refusal.failed("audit: the answer cannot be recorded (expected: a writable audit log)");

    private final ServedModels models;
    private final PredictionSettings settings;
    private final TrafficShares traffic;
    private final Routing routing;
    private final PredictionListener listener;
    private final PredictionRecorder recorder;
    private final ShadowInference shadows;
    private final RefusalThrottle pace =
            new RefusalThrottle(Runtime.getRuntime().availableProcessors(), System.nanoTime());
    private final ScheduledThreadPoolExecutor timer;

    /** A request in flight. */
    private record Pending(
            PredictionRequest request, List<Picture> pictures, Choice choice, Instant start) {}

    /**
     * Creates a service for those models.
     *
     * @param listener is told the outcome of each request
     * @param recorder records each outcome before it is sent
     */
    public PredictionService(
            ServedModels models,
            PredictionSettings settings,
            PredictionListener listener,
            PredictionRecorder recorder) {
        this.models = models;
        this.settings = settings;
        this.traffic = new TrafficShares(settings.traffic());
        this.routing = new Routing(traffic);
        this.listener = listener;
        this.recorder = recorder;
        timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "medzoo-deadlines");
                            thread.setDaemon(true);
                            return thread;
                        });
        // Or each answered request would stay in memory until its deadline.
        timer.setRemoveOnCancelPolicy(true);
        this.shadows = new ShadowInference(listener, timer);
    }

    /** How versions divide the requests that name none; what is changed there holds at once. */
    public TrafficShares traffic() {
        return traffic;
    }

    /**
     * Predicts each picture, all or none.
     *
     * @return fails with a {@link RefusedException} when there is no answer
     */
    public CompletableFuture<PredictionResponse> predict(
            PredictionRequest request, List<Picture> pictures) {
        Instant start = Instant.now();
        try {
            return begin(request, pictures, start);
        } catch (RefusedException e) {
            return refuse(request, pictures, null, e.refusal(), start);
        }
    }

    private CompletableFuture<PredictionResponse> begin(
            PredictionRequest request, List<Picture> pictures, Instant start)
            throws RefusedException {
        Choice choice = routing.choose(models.now(), request);
        List<Job> jobs = pictures.stream().map(each -> Job.of(each, request.timeout())).toList();
        boolean isQueued;
        try {
            isQueued = choice.model().pool().submit(jobs);
            while (!isQueued) {
                // It went between the choice and the queue; the next table has its successor.
                Choice again = routing.choose(models.now(), request);
                if (again.model().equals(choice.model())) {
                    throw new RefusedException(Refusal.stopping());
                }
                choice = again;
                isQueued = choice.model().pool().submit(jobs);
            }
        } catch (RefusedException e) {
            return refuse(request, pictures, choice.model(), e.refusal(), start);
        }
        return follow(new Pending(request, pictures, choice, start), jobs);
    }

    /**
     * Predicts a picture and explains the prediction by a heat map. Predictions have priority: an
     * explanation waits for all of them, and they wait for at most one explanation.
     *
     * @return fails with a {@link RefusedException} when there is no answer
     */
    public CompletableFuture<PredictionResponse> explain(
            PredictionRequest request, Picture picture, ExplanationRequest explanation) {
        Instant start = Instant.now();
        Choice choice;
        try {
            choice = routing.choose(models.now(), request);
        } catch (RefusedException e) {
            return refuse(request, List.of(picture), null, e.refusal(), start);
        }
        ServedModel model = choice.model();
        try {
            explanation.options().check(model.preparation().labels());
        } catch (IllegalArgumentException e) {
            Refusal why = Refusal.badRequest(String.valueOf(e.getMessage()));
            return refuse(request, List.of(picture), model, why, start);
        }
        Job job = Job.explained(picture, explanation, request.timeout());
        Pending pending = new Pending(request, List.of(picture), new Choice(model, null), start);
        CompletableFuture<PredictionResponse> answer = follow(pending, List.of(job));
        model.pool()
                .readyToExplain(explanation)
                .whenComplete(
                        (ready, failure) -> {
                            if (failure != null) {
                                job.refuse(named("", failure));
                            } else {
                                queue(model, job);
                            }
                        });
        return answer;
    }

    private static void queue(ServedModel model, Job job) {
        try {
            if (!job.prediction().isDone() && !model.pool().submit(List.of(job))) {
                job.refuse(Refusal.stopping());
            }
        } catch (RefusedException e) {
            job.refuse(e.refusal());
        }
    }

    private CompletableFuture<PredictionResponse> follow(Pending pending, List<Job> jobs) {
        Duration timeout = timeout(pending.request());
        ScheduledFuture<?> deadline =
                timer.schedule(
                        () -> refuseAll(jobs, Refusal.deadlineExceeded(timeout)),
                        timeout.toNanos(),
                        TimeUnit.NANOSECONDS);
        pending.request().gone().thenRun(() -> refuseAll(jobs, Refusal.clientGone()));
        CompletableFuture<PredictionResponse> answer = new CompletableFuture<>();
        for (int i = 0; i < jobs.size(); i++) {
            String which = jobs.size() == 1 ? "" : "picture " + i + ": ";
            jobs.get(i)
                    .prediction()
                    .exceptionally(
                            failure -> {
                                // One that fails spares the others the work.
                                Refusal why = named(which, failure);
                                answer.completeExceptionally(new RefusedException(why));
                                refuseAll(jobs, why);
                                throw new IllegalStateException(failure);
                            });
        }
        CompletableFuture.allOf(
                        jobs.stream().map(Job::prediction).toArray(CompletableFuture[]::new))
                .thenRun(() -> answer.complete(gathered(pending, jobs)));
        return answer.handle((found, failure) -> finish(pending, found, failure, deadline))
                .thenCompose(done -> done);
    }

    private Duration timeout(PredictionRequest request) {
        Duration asked = request.timeout();
        Duration usual = settings.timeout();
        return asked != null && asked.compareTo(usual) < 0 ? asked : usual;
    }

    private static void refuseAll(List<Job> jobs, Refusal refusal) {
        jobs.forEach(job -> job.refuse(refusal));
    }

    private static Refusal named(String which, Throwable failure) {
        Refusal refusal = RefusedException.in(failure);
        if (refusal == null) {
            logger.error("a prediction failed", failure);
            return Refusal.failed("Internal server error.");
        }
        return new Refusal(refusal.kind(), which + refusal.message(), refusal.headers());
    }

    private static PredictionResponse gathered(Pending pending, List<Job> jobs) {
        List<Prediction> predictions = new ArrayList<>();
        jobs.forEach(job -> predictions.add(job.prediction().join()));
        return new PredictionResponse(pending.choice().model(), predictions);
    }

    private CompletableFuture<PredictionResponse> finish(
            Pending pending,
            @Nullable PredictionResponse answer,
            @Nullable Throwable failure,
            ScheduledFuture<?> deadline) {
        deadline.cancel(false);
        ServedModel model = pending.choice().model();
        if (answer == null) {
            Refusal why = failure == null ? Refusal.failed("No answer.") : named("", failure);
            return refuse(pending.request(), pending.pictures(), model, why, pending.start());
        }
        Refusal unlike = settings.isUnlikeRefused() ? unlike(answer) : null;
        if (unlike != null) {
            return refuse(pending.request(), pending.pictures(), model, unlike, pending.start());
        }
        return recorder.answered(pending.request(), pending.pictures(), answer)
                .handle((kept, lost) -> lost == null ? kept(pending, answer) : unkept(pending))
                .thenCompose(done -> done);
    }

    /**
     * Why there is to be no finding of the first picture that is unlike the training ones, or null.
     */
    private static @Nullable Refusal unlike(PredictionResponse answer) {
        List<Finding> findings = answer.findings();
        for (int i = 0; i < findings.size(); i++) {
            OutOfDistribution judged = findings.get(i).outOfDistribution();
            if (judged != null && judged.beyond()) {
                return new Refusal(
                        Kind.UNLIKE_TRAINING,
                        "picture%s: unlike those that %s/%s was trained on, %.2f (expected: at most %.2f, as refuse_unlike is true)"
                                .formatted(
                                        findings.size() == 1 ? "" : " " + i,
                                        answer.model().identity().name(),
                                        answer.model().identity().version(),
                                        judged.score(),
                                        judged.threshold()));
            }
        }
        return null;
    }

    private CompletableFuture<PredictionResponse> kept(Pending pending, PredictionResponse answer) {
        listener.answered(pending.request(), answer, pending.start());
        ServedModel shadow = pending.choice().shadow();
        if (shadow != null) {
            shadows.compare(answer, shadow, pending.pictures());
        }
        return CompletableFuture.completedFuture(answer);
    }

    /** The recorder has logged the reason once. */
    private CompletableFuture<PredictionResponse> unkept(Pending pending) {
        ServedModel model = pending.choice().model();
        listener.unkept(pending.request());
        listener.refused(pending.request(), model, UNKEPT, pending.start());
        return RefusedException.failed(UNKEPT);
    }

    private CompletableFuture<PredictionResponse> refuse(
            PredictionRequest request,
            List<Picture> pictures,
            @Nullable ServedModel model,
            Refusal refusal,
            Instant start) {
        return recorder.refused(request, pictures, model, refusal)
                .handle((kept, lost) -> lost == null ? refusal : UNKEPT)
                .thenCompose(
                        why -> {
                            if (why.equals(UNKEPT)) {
                                listener.unkept(request);
                            }
                            listener.refused(request, model, why, start);
                            return paced(why);
                        });
    }

    private CompletableFuture<PredictionResponse> paced(Refusal refusal) {
        boolean isTooMuch = refusal.kind() == Kind.OVERLOADED || refusal.kind() == Kind.QUEUE_FULL;
        Duration hold = isTooMuch ? pace.hold(System.nanoTime()) : Duration.ZERO;
        CompletableFuture<PredictionResponse> refused = RefusedException.failed(refusal);
        if (hold.isZero()) {
            return refused;
        }
        CompletableFuture<PredictionResponse> held = new CompletableFuture<>();
        timer.schedule(
                () -> refused.whenComplete((none, why) -> held.completeExceptionally(why)),
                hold.toNanos(),
                TimeUnit.NANOSECONDS);
        return held;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
