package dev.medzoo.serving.page;

import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The documents at {@code /docs/}, where the jar {@code medzoo-docs} is on the class path. Each
 * file is read when it is first asked for, away from the event loop, and kept.
 */
public final class DocsRoutes {
    private static final String FOLDER = "/dev/medzoo/docs/";
    private static final String START = "/docs/index.html";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final Pattern PATH = Pattern.compile("(" + NAME + "/){0,3}" + NAME);

    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    /** Of two that match a request, the first one takes it. */
    public List<Route> all() {
        return List.of(
                Route.open("GET", "/docs", Handler.of(DocsRoutes::start)),
                Route.open("GET", "/docs/{path...}", this::file));
    }

    /** Leads to where the pages' own links are right. */
    private static Reply start(Request request) {
        return Reply.of(302, "text/plain", ByteBuffer.allocate(0), Map.of("location", START));
    }

    private CompletableFuture<Reply> file(Request request) throws RefusedException {
        String path = request.variable("path");
        if (!PATH.matcher(path).matches()) {
            throw new RefusedException(Refusal.unknownPath());
        }
        PageFile known = files.get(path);
        return known != null
                ? CompletableFuture.completedFuture(known.reply(request))
                : CompletableFuture.supplyAsync(() -> read(path))
                        .thenCompose(
                                found ->
                                        found.map(each -> each.reply(request))
                                                .map(CompletableFuture::completedFuture)
                                                .orElseGet(DocsRoutes::unknown));
    }

    private Optional<PageFile> read(String path) {
        Optional<PageFile> found = PageFile.find(FOLDER + path);
        found.ifPresent(each -> files.put(path, each));
        return found;
    }

    private static CompletableFuture<Reply> unknown() {
        return CompletableFuture.failedFuture(new RefusedException(Refusal.unknownPath()));
    }
}
