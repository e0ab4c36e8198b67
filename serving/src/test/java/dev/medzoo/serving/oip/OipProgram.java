package dev.medzoo.serving.oip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.medzoo.serving.refusal.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that is nothing but the protocol with one model, for a client of another language. */
final class OipProgram {
    private final OipRest rest;

    private OipProgram(OipRest rest) {
        this.rest = rest;
    }

    /** Prints where it serves REST and gRPC, and goes on until it is ended. */
    public static void main(String[] arguments) throws Exception {
        RealSkin skin = new RealSkin();
        GrpcOptions options = GrpcOptions.plain("127.0.0.1", 0, GrpcLimits.of(64 << 20));
        GrpcServer grpc = GrpcServer.start(skin, CallGuard.OPEN, "0.1.0", options);
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OipProgram program = new OipProgram(new OipRest(skin, "0.1.0", 64));
        http.createContext("/v2", program::answer);
        http.start();
        System.out.printf(
                "--rest http://127.0.0.1:%d --grpc 127.0.0.1:%d%n",
                http.getAddress().getPort(), grpc.port());
    }

    private void answer(HttpExchange exchange) throws IOException {
        OipReply reply = reply(exchange, exchange.getRequestBody().readAllBytes());
        byte[] body = new byte[reply.body().remaining()];
        reply.body().get(body);
        exchange.getResponseHeaders().set("content-type", reply.contentType());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private OipReply reply(HttpExchange exchange, byte[] body) {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        List<String> path = Arrays.asList(parts).subList(2, parts.length);
        return switch (String.join("/", path)) {
            case "" -> rest.server();
            case "health/live" -> rest.live();
            case "health/ready" -> rest.ready();
            default ->
                    path.size() < 2 || !path.get(0).equals("models")
                            ? OipRest.error(Refusal.unknownPath())
                            : model(path.subList(1, path.size()), exchange, body);
        };
    }

    private OipReply model(List<String> path, HttpExchange exchange, byte[] body) {
        boolean versioned = path.size() > 2 && path.get(1).equals("versions");
        String name = path.get(0);
        @Nullable String version = versioned ? path.get(2) : null;
        return switch (String.join("/", path.subList(versioned ? 3 : 1, path.size()))) {
            case "" -> rest.model(name, version);
            case "ready" -> rest.modelReady(name, version);
            case "infer" ->
                    rest.infer(
                                    () -> "program",
                                    name,
                                    version,
                                    exchange.getRequestHeaders()::getFirst,
                                    body)
                            .join();
            default -> OipRest.error(Refusal.unknownPath());
        };
    }
}
