// The console: what the server does now, and what it serves, for who may watch or manage it.

import { Problem, ask, askJson, token } from "./api.js";
import { lineChart } from "./chart.js";
import { ModelsPanel } from "./console-models.js";
import { el, labelled, show } from "./dom.js";
import { History } from "./metrics.js";
import { switchTheme } from "./theme.js";

const EVERY = 2000;

const main = document.getElementById("main");
const history = new History();
const said = el("p", { role: "status", class: "status" });
const plots = el("div", { class: "plots" });
let timer = null;
/**
 * What stands while the console is open, with a panel of models that shows what this visit was answered, not the one
 * before. An answer that comes after its visit has ended is not shown.
 */
let visit = null;

switchTheme(document.getElementById("theme"));
await start();

async function start() {
    try {
        await askJson("/models?limit=1");
        open();
    } catch (problem) {
        close(problem);
    }
}

function open() {
    visit = { models: new ModelsPanel(look) };
    const leave = el("button", { onclick: () => { token.set(""); close(new Problem(401, "The token is forgotten.")); } }, "Forget the token");
    show(main,
        el("div", { class: "row spread" }, el("h1", {}, "Console"), token.get() !== "" && leave),
        said,
        el("section", { "aria-label": "Load" }, plots),
        visit.models.node);
    look();
}

/** What the server says of itself, again and again. */
async function look() {
    clearTimeout(timer);
    const mine = visit;
    if (mine === null) {
        return;
    }
    try {
        const text = await (await ask("/metrics")).text();
        if (mine === visit) {
            draw(history.add(text, performance.now()));
            await mine.models.refresh();
        }
        if (mine !== visit) {
            return;
        }
        said.textContent = "";
    } catch (problem) {
        if (!(problem instanceof Problem)) {
            throw problem;
        }
        if (mine !== visit) {
            return;
        }
        if (problem.status === 401 || problem.status === 403) {
            close(problem);
            return;
        }
        history.gap();
        said.textContent = `${problem.message} It is asked again.`;
    }
    clearTimeout(timer);
    timer = setTimeout(look, EVERY);
}

function draw(samples) {
    const { series } = history;
    const first = (name) => samples.get(name)?.[0]?.value;
    show(plots,
        plot("Predictions", "a second", [["answered", series.answered]]),
        plot("Errors", "a second", [["failed (5xx)", series.failed], ["refused", series.refused]]),
        plot("Latency", "ms", [["half within", series.half], ["95 % within", series.most]]),
        plot("Queue", "pictures", [["waiting", series.queue], ["workers", series.workers]]),
        el("dl", { class: "facts" },
            fact("Up for", duration(first("process_uptime_seconds"))),
            fact("Memory", bytes(first("process_resident_memory_bytes"))),
            fact("Of the cores", share(first("process_cpu_usage")))));
}

function plot(name, unit, lines) {
    const series = lines.map(([each, values]) => ({ name: each, values }));
    return el("figure", {}, el("figcaption", {}, el("strong", {}, name), `, ${unit}`,
        el("span", { class: "keys" }, series.map((each, i) => el("span", { class: `key key-${i}` }, each.name)))),
    lineChart(name, unit, series));
}

function fact(name, value) {
    return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

function duration(seconds) {
    if (seconds === undefined) {
        return "–";
    }
    const minutes = Math.floor(seconds / 60);
    return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

function bytes(count) {
    return count === undefined ? "–" : `${Math.round(count / (1 << 20))} MiB`;
}

function share(value) {
    return value === undefined || Number.isNaN(value) ? "–" : `${Math.round(100 * value)} %`;
}

/** Nothing more is asked; whoever has a token may come in. */
function close(problem) {
    visit = null;
    clearTimeout(timer);
    if (problem.status === 404) {
        show(main, el("div", { class: "box unsure", role: "alert" },
            el("p", {}, "This server is managed at another address (management_address). Open /console there.")));
        return;
    }
    const field = el("input", { type: "password", autocomplete: "off", required: true, "aria-describedby": "why" });
    const send = (event) => {
        event.preventDefault();
        token.set(field.value.trim());
        start();
    };
    show(main, el("form", { class: "panel narrow", onsubmit: send },
        el("h1", {}, "Console"),
        el("p", { id: "why", role: "alert" }, problem.message),
        labelled("Token for management", field, "Kept until this tab is closed, and sent to this server alone."),
        el("button", { class: "first" }, "Go on")));
}
