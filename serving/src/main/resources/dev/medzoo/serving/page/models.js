// The view of what the server has: every model, its versions, and the card of each.

import { cardPage } from "./card.js";
import { el, show } from "./dom.js";

/** `offer` takes what there is, `open` a name and a version, or nothing for all. */
export function modelsView() {
    const node = el("div", { class: "models" });
    let catalogue = { models: [] };
    return {
        node,
        offer(offered) {
            catalogue = offered;
        },
        open([name, version]) {
            const model = catalogue.models.find((each) => each.name === name);
            const found = model?.versions.find((each) => each.version === version);
            if (found) {
                cardPage(node, model, found);
            } else {
                show(node, list(catalogue));
            }
        },
    };
}

function list({ models }) {
    return [
        el("h1", {}, "Models"),
        models.length === 0 && el("p", { class: "box unsure" }, "This server serves no model now."),
        models.map((model) => el("section", { class: "panel", "aria-label": model.name }, el("h2", {}, model.name), versionsTable(model),
            model.shadowShare > 0 && el("p", { class: "hint" }, `The candidate computes ${model.shadowShare} % of what stable answers too, unseen.`))),
        el("p", { class: "hint" }, "Requests that name no version go by these shares."),
    ];
}

/** Versions of a model, with who is sent to which. */
export function versionsTable({ name, versions }) {
    return el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": `Versions of ${name}` },
        el("table", { class: "versions" },
            el("thead", {}, el("tr", {}, ["Version", "Alias", "Share of traffic", "State", "Computed by"].map((each) => el("th", { scope: "col" }, each)))),
            el("tbody", {}, versions.map((each) => el("tr", {},
                el("th", { scope: "row" }, each.artifact ? el("a", { href: `/#/models/${name}/${each.version}` }, each.version) : each.version),
                el("td", {}, each.aliases.length > 0 ? each.aliases.map((alias) => el("span", { class: "chip" }, alias)) : "–"),
                el("td", {}, `${each.share} %`),
                el("td", {}, each.status.toLowerCase()),
                el("td", {}, each.runtime ?? "–"))))));
}
