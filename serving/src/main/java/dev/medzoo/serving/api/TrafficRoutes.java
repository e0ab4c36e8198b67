package dev.medzoo.serving.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.predict.TrafficOptions;
import dev.medzoo.serving.predict.TrafficShares;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.ServedSnapshot;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /traffic[/{model}]}, {@code PUT} and {@code DELETE /traffic/{model}}: which share of
 * the requests that name no version a model's candidate answers. Which version is the candidate,
 * the store's index says; what is set here ends with the server.
 */
final class TrafficRoutes {
    private static final Logger logger = LoggerFactory.getLogger(TrafficRoutes.class);

    private final ServedModels models;
    private final TrafficShares shares;

    /**
     * @param candidate a version, or null where none but {@code stable} answers
     * @param isSet whether these shares were set here, and are not the settings'
     */
    private record Traffic(
            String modelName,
            String stable,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String candidate,
            int candidateShare,
            int shadowShare,
            boolean isSet) {}

    private record All(boolean isRoundRobin, List<Traffic> models) {}

    TrafficRoutes(ServedModels models, TrafficShares shares) {
        this.models = models;
        this.shares = shares;
    }

    List<Route> all() {
        String model = "/traffic/{model}";
        return List.of(
                Route.of(Role.OBSERVE, "GET", "/traffic", Handler.of(this::all)),
                Route.of(Role.OBSERVE, "GET", model, Handler.of(this::one)),
                Route.of(Role.MANAGE, "PUT", model, Handler.of(this::set)),
                Route.of(Role.MANAGE, "DELETE", model, Handler.of(this::reset)));
    }

    private Reply all(Request request) {
        ServedSnapshot snapshot = models.now();
        List<Traffic> all =
                snapshot.models().values().stream()
                        .filter(each -> each.equals(snapshot.ofDefault(each.name()).orElse(null)))
                        .map(each -> traffic(each, snapshot))
                        .toList();
        return Reply.ok(new All(shares.settings().isRoundRobin(), all));
    }

    private Reply one(Request request) throws RefusedException {
        ServedSnapshot snapshot = models.now();
        return Reply.ok(traffic(snapshot.find(request.variable("model"), null), snapshot));
    }

    private Traffic traffic(ServedModel stable, ServedSnapshot snapshot) {
        String name = stable.name();
        String candidate = snapshot.candidate(name).map(ServedModel::version).orElse(null);
        TrafficOptions now = shares.of(snapshot, name).orElse(null);
        if (candidate == null || now == null) {
            return new Traffic(name, stable.version(), candidate, 0, 0, false);
        }
        return new Traffic(
                name,
                stable.version(),
                candidate,
                now.candidateShare(),
                now.shadowShare(),
                shares.set(name, candidate).isPresent());
    }

    private Reply set(Request request) throws RefusedException {
        ServedSnapshot snapshot = models.now();
        ServedModel stable = snapshot.find(request.variable("model"), null);
        String candidate = candidate(stable, snapshot);
        ManagementParameters parameters = ManagementParameters.of(request, Kind.BAD_REQUEST);
        OptionalInt candidateShare = parameters.percent("candidate_share");
        OptionalInt shadowShare = parameters.percent("shadow_share");
        if (candidateShare.isEmpty() && shadowShare.isEmpty()) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "candidate_share: none (expected: a percentage, or one of shadow_share)"));
        }
        TrafficOptions before = shares.of(stable.name(), candidate);
        shares.set(
                stable.name(),
                candidate,
                candidateShare.orElse(before.candidateShare()),
                shadowShare.orElse(before.shadowShare()));
        return changed(stable, snapshot);
    }

    private String candidate(ServedModel stable, ServedSnapshot snapshot) throws RefusedException {
        if (shares.settings().isRoundRobin()) {
            throw conflict(
                    "compatibility: strict, which rotates between versions (expected: medzoo, to"
                            + " set shares)");
        }
        return snapshot.candidate(stable.name())
                .map(ServedModel::version)
                .orElseThrow(
                        () ->
                                conflict(
                                        "candidate: none of %s is served beside %s (expected: one, by medzoo promote NAME/VERSION candidate)"
                                                .formatted(stable.name(), stable.version())));
    }

    private static RefusedException conflict(String message) {
        return new RefusedException(new Refusal(Kind.CONFLICT, message));
    }

    private Reply reset(Request request) throws RefusedException {
        ServedSnapshot snapshot = models.now();
        ServedModel stable = snapshot.find(request.variable("model"), null);
        shares.reset(stable.name());
        return changed(stable, snapshot);
    }

    private Reply changed(ServedModel stable, ServedSnapshot snapshot) {
        Traffic now = traffic(stable, snapshot);
        logger.info(
                "traffic: candidate {}/{} answers {} %, shadow inference on {} %",
                now.modelName(), now.candidate(), now.candidateShare(), now.shadowShare());
        return Reply.ok(now);
    }
}
