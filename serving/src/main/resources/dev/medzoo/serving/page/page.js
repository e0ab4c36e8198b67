// The page at /: which view is shown, and what there is to choose from.

import { Problem, askJson, token } from "./api.js";
import { el, labelled, show } from "./dom.js";
import { modelsView } from "./models.js";
import { picturesView } from "./pictures.js";
import { switchTheme } from "./theme.js";

const TITLES = { pictures: "Pictures", models: "Models" };

const main = document.getElementById("main");
const views = { pictures: picturesView(), models: modelsView() };

switchTheme(document.getElementById("theme"));
addEventListener("hashchange", () => route(true));
await load();

async function load() {
    show(main, el("p", { class: "quiet" }, "Asking for the models …"));
    try {
        const catalogue = await askJson("/page/models");
        Object.values(views).forEach((view) => view.offer(catalogue));
        show(main, Object.values(views).map((view) => view.node));
        route(false);
    } catch (problem) {
        if (!(problem instanceof Problem)) {
            throw problem;
        }
        show(main, problem.status === 401 || problem.status === 403 ? tokenForm(problem) : noModels(problem));
    }
}

/** Another hash, such as the skip link's, leads to no view. */
function route(isAsked) {
    const parts = location.hash.split("/").map(decoded);
    if (location.hash !== "" && parts[0] !== "#") {
        return;
    }
    const name = Object.hasOwn(views, parts[1] ?? "") ? parts[1] : "pictures";
    for (const [each, view] of Object.entries(views)) {
        view.node.hidden = each !== name;
    }
    for (const link of document.querySelectorAll("nav a[data-view]")) {
        link.ariaCurrent = link.dataset.view === name ? "page" : null;
    }
    document.title = `${TITLES[name]} – medzoo`;
    views[name].open(parts.slice(2));
    if (isAsked) {
        main.focus();
        scrollTo(0, 0);
    }
}

/** What is broken stays as it is. */
function decoded(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

function tokenForm(problem) {
    const field = el("input", { type: "password", autocomplete: "off", required: true, "aria-describedby": "why" });
    const send = (event) => {
        event.preventDefault();
        token.set(field.value.trim());
        load();
    };
    return el("form", { class: "panel narrow", onsubmit: send },
        el("h1", {}, "This server asks for a token"),
        el("p", { id: "why", role: "alert" }, problem.message),
        labelled("Token", field, "Kept until this tab is closed, and sent to this server alone."),
        el("button", { class: "first" }, "Go on"));
}

function noModels(problem) {
    const text = problem.status === 404
        ? "This address answers no predictions. It may be the one for management: see the console."
        : problem.message;
    return el("div", { class: "box wrong", role: "alert" },
        el("p", {}, text),
        el("button", { onclick: load }, "Try again"));
}
