package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.http.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser that asks for a page of another site what it may send. */
class PreflightTest {
    private static final String PAGE = "https://app.example";

    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("load_models=" + SKIN, "cors_allowed_origin=" + PAGE);

    @RegisterExtension static final RunningServer without = RunningServer.with("load_models=NONE");

    private static Answer ask(RunningServer asked, String path) {
        return asked.send(
                "OPTIONS",
                path,
                new byte[0],
                "Origin",
                PAGE,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "/predictions/pretrained-skin, 'OPTIONS, POST'",
        "/predictions/none, 'OPTIONS, POST'",
        "/invocations, 'OPTIONS, POST'",
        "/v2/models/pretrained-skin/infer, POST",
        "/v2/models, 'GET, HEAD'",
        "/store/index.json, 'GET, HEAD'",
        "/models, 'GET, HEAD, POST'",
        "/models/pretrained-skin, 'DELETE, GET, HEAD, PUT'",
        "/server/logging, 'POST, PUT'"
    })
    void isToldWhatThePathTakes(String path, String methods) {
        Answer answer = ask(server, path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(PAGE);
        assertThat(answer.header("access-control-allow-methods")).isEqualTo(methods);
        assertThat(answer.header("access-control-allow-headers").split(", "))
                .contains(
                        "authorization",
                        "content-type",
                        "x-request-id",
                        "x-request-timeout-ms",
                        "x-routing-key",
                        "inference-header-content-length");
    }

    @Test
    void isAnsweredOnEveryRoute() {
        for (Route route : server.server().routes()) {
            String path = route.template().replaceAll("\\{[^}]*}", "a");
            assertThat(ask(server, path).status()).as(path).isEqualTo(200);
        }
        assertThat(ask(server, "/nowhere").status()).isEqualTo(404);
    }

    @Test
    void isNotWhereNoPageMaySendAnything() {
        Answer answer = ask(without, "/models");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
        assertThat(server.send("OPTIONS", "/predictions/none", new byte[0]).status())
                .isEqualTo(404);
    }
}
