package dev.medzoo.serving.page;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.predict.TrafficShares;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedSnapshot;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code GET /} for who accepts HTML, {@code GET /console}, their files at {@code /page/{file}},
 * and {@code GET /page/models}, which tells what there is to choose from to whoever may predict.
 */
public final class PageRoutes {
    private static final String HTML = "text/html";

    /** All that is handed out. */
    private static final List<String> FILES =
            List.of(
                    "style.css",
                    "icon.svg",
                    "dom.js",
                    "theme.js",
                    "api.js",
                    "chart.js",
                    "page.js",
                    "pictures.js",
                    "batch.js",
                    "results.js",
                    "finding.js",
                    "heatmap.js",
                    "lines.js",
                    "csv.js",
                    "models.js",
                    "card.js",
                    "console.js",
                    "console-models.js",
                    "metrics.js");

    private final Supplier<ServedSnapshot> snapshot;
    private final TrafficShares traffic;
    private final PageFile page = PageFile.read("page.html");
    private final PageFile console = PageFile.read("console.html");
    private final Map<String, PageFile> files =
            FILES.stream().collect(Collectors.toMap(Function.identity(), PageFile::read));

    /**
     * @param snapshot what is served now
     */
    public PageRoutes(Supplier<ServedSnapshot> snapshot, TrafficShares traffic) {
        this.snapshot = snapshot;
        this.traffic = traffic;
    }

    /** Of two that match a request, the first one takes it. */
    public List<Route> all() {
        return List.of(
                Route.open("GET", "/", Handler.of(this::page)),
                Route.open("GET", "/console", Handler.of(console::reply)),
                Route.of(Role.PREDICT, "GET", "/page/models", Handler.of(this::models)),
                Route.open("GET", "/page/{file}", Handler.of(this::file)));
    }

    /** Programs that are no browsers hear what they would hear without a page. */
    private Reply page(Request request) throws RefusedException {
        if (!acceptsHtml(request)) {
            throw new RefusedException(Refusal.unknownPath());
        }
        return page.reply(request).with("vary", "accept");
    }

    private static boolean acceptsHtml(Request request) {
        return request.head().headers().getAll(HttpHeaderNames.ACCEPT).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .anyMatch(PageRoutes::isHtml);
    }

    private static boolean isHtml(String range) {
        CharSequence type = HttpUtil.getMimeType(range);
        return type != null
                && HTML.equalsIgnoreCase(type.toString().strip())
                && !range.matches(".*;\\s*q=0(\\.0*)?\\s*");
    }

    private Reply models(Request request) {
        return Reply.ok(Catalogue.of(snapshot.get(), traffic));
    }

    private Reply file(Request request) throws RefusedException {
        PageFile file = files.get(request.variable("file"));
        if (file == null) {
            throw new RefusedException(Refusal.unknownPath());
        }
        return file.reply(request);
    }
}
