// The part of the console that says what is served, and changes it.

import { Problem, askJson, modelPath } from "./api.js";
import { el, labelled, show } from "./dom.js";
import { versionsTable } from "./models.js";

/** `after` is called when something was changed. */
export class ModelsPanel {
    #list = el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "What is served" });
    #traffic = el("div");
    #said = el("p", { role: "status", class: "status" });
    #dialog = el("dialog", { "aria-labelledby": "asked" });
    #drawn = "";

    constructor(after) {
        this.after = after;
        this.node = el("div", {},
            el("section", { class: "panel", "aria-label": "Served" }, el("h2", {}, "Served"), this.#list, this.#said),
            el("section", { class: "panel", "aria-label": "Traffic" }, el("h2", {}, "Versions in traffic"), this.#traffic),
            this.#registerForm(), this.#dialog);
    }

    /**
     * Asks again what is served; what is unchanged stays as it is, and keeps the focus. While a button is pressed
     * nothing is drawn, as a press whose button goes before it ends does nothing: the next time shows it.
     */
    async refresh() {
        const items = await allModels();
        const details = await Promise.all([...new Set(items.map((each) => each.modelName))].map((name) => askJson(modelPath("models", name)).catch(absent)));
        const described = new Map(details.flat().flatMap((each) => each.models.map((one) => [`${one.modelName}/${one.version}`, one])));
        const catalogue = await askJson("/page/models").catch(notMine);
        const traffic = await askJson("/traffic");
        const rows = items.map((each) => ({ ...each, more: described.get(`${each.modelName}/${each.version}`) }));
        const drawn = JSON.stringify([rows, catalogue, traffic]);
        if (drawn !== this.#drawn && !this.node.querySelector("button:active")) {
            this.#drawn = drawn;
            this.#draw(rows, catalogue, traffic);
        }
    }

    #draw(rows, catalogue, traffic) {
        const focused = document.activeElement?.dataset?.key;
        show(this.#list, el("table", { class: "served" },
            el("thead", {}, el("tr", {}, ["Model", "State", "Workers", "Queue", "Expected wait", "Computed by", "Change"].map((each) => el("th", { scope: "col" }, each)))),
            el("tbody", {}, rows.map((row) => this.#row(row)))));
        show(this.#traffic, traffic.models.map((each) => this.#shares(each, catalogue)), howToPromote());
        if (focused) {
            this.node.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
        }
    }

    #row({ modelName, version, status, reason, more }) {
        const name = `${modelName} ${version}`;
        const group = more?.workerGroups[0];
        const buttons = [
            group && el("button", { "data-key": `scale ${name}`, onclick: () => this.#scale(modelName, version, group) }, "Scale", el("span", { class: "unseen" }, ` ${name}`)),
            el("button", { "data-key": `unregister ${name}`, class: "danger", onclick: () => this.#unregister(modelName, version) }, "Unregister", el("span", { class: "unseen" }, ` ${name}`)),
        ];
        return el("tr", {},
            el("th", { scope: "row" }, name, more?.stable && el("span", { class: "chip" }, "answers")),
            el("td", {}, status.toLowerCase(), reason && el("p", { class: "problem" }, reason)),
            el("td", {}, group ? `${group.workers.length} (${group.minWorkers} to ${group.maxWorkers})` : "–"),
            el("td", {}, more ? `${more.requestInQueue} of ${more.queueSize}` : "–"),
            el("td", {}, more ? `${more.expectedWaitMillis} ms` : "–"),
            el("td", {}, more?.runtime ?? "–"),
            el("td", {}, el("div", { class: "row" }, buttons)));
    }

    /** Who answers the requests for a model that name no version. */
    #shares(traffic, catalogue) {
        const { modelName, stable, candidate, candidateShare, shadowShare, isSet } = traffic;
        const versions = catalogue.models?.find((each) => each.name === modelName);
        const unseen = el("span", { class: "unseen" }, ` ${modelName}`);
        return el("div", {},
            el("h3", {}, modelName),
            versions && versionsTable(versions),
            candidate
                ? el("div", { class: "row" },
                    el("p", {}, `Candidate ${candidate} answers ${candidateShare} %, ${stable} the others. ${candidate} also computes ${shadowShare} % of those, unseen.`),
                    el("button", { "data-key": `traffic ${modelName}`, onclick: () => this.#changeShares(traffic) }, "Change traffic", unseen),
                    isSet && el("button", { "data-key": `reset ${modelName}`, onclick: () => this.#change("DELETE", modelPath("traffic", modelName), shares) }, "As in the settings", unseen.cloneNode(true)))
                : el("p", { class: "hint" }, `${stable} answers all requests that name no version.`));
    }

    #changeShares({ modelName, stable, candidate, candidateShare, shadowShare }) {
        const answers = number(candidateShare, 0, 100);
        const computes = number(shadowShare, 0, 100);
        this.#asked(`Traffic of ${modelName}`, "Change", false,
            [el("p", {}, `Of the requests that name no version, candidate ${candidate} answers this share and ${stable} the others. `
                + "It holds until the server stops, or another version is the candidate."),
            labelled("Candidate answers, %", answers), labelled("Candidate computes unseen, %", computes)],
            () => this.#change("PUT", `${modelPath("traffic", modelName)}?${new URLSearchParams({ candidate_share: answers.value, shadow_share: computes.value })}`, shares));
    }

    #scale(name, version, group) {
        const least = number(group.minWorkers, 0);
        const most = number(group.maxWorkers, 0);
        this.#asked(`Workers of ${name} ${version}`, "Scale", false, [labelled("At least", least), labelled("At most", most)],
            () => this.#change("PUT", `${modelPath("models", name, version)}?${new URLSearchParams({ min_worker: least.value, max_worker: most.value })}`));
    }

    #unregister(name, version) {
        this.#asked(`Unregister ${name} ${version}?`, "Unregister", true,
            [el("p", {}, "It answers no more until it is registered again. What it has is answered; the store keeps it.")],
            () => this.#change("DELETE", modelPath("models", name, version)));
    }

    /** Nothing is changed before its reader says so here. */
    #asked(title, verb, isDanger, body, act) {
        const submit = (event) => {
            event.preventDefault();
            this.#dialog.close();
            act();
        };
        show(this.#dialog, el("form", { method: "dialog", onsubmit: submit },
            el("h2", { id: "asked" }, title), body,
            el("div", { class: "row" },
                el("button", { class: isDanger ? "danger" : "first" }, verb),
                el("button", { type: "button", onclick: () => this.#dialog.close() }, "Cancel"))));
        this.#dialog.showModal();
    }

    /** `said` makes a sentence of what the server answers. */
    async #change(method, path, said = ({ status }) => status) {
        this.#said.textContent = "The server is asked …";
        try {
            this.#said.textContent = said(await askJson(path, { method }));
        } catch (problem) {
            if (!(problem instanceof Problem)) {
                throw problem;
            }
            this.#said.textContent = `Nothing was changed: ${problem.message}`;
        }
        this.after();
    }

    #registerForm() {
        const url = el("input", { required: true, placeholder: "medzoo://pretrained-skin/2.2.0", autocomplete: "off", spellcheck: false });
        const name = el("input", { autocomplete: "off", spellcheck: false });
        const least = number("", 0);
        const most = number("", 1);
        const submit = (event) => {
            event.preventDefault();
            const wanted = { url: url.value.trim(), model_name: name.value.trim(), min_worker: least.value, max_worker: most.value };
            this.#change("POST", `/models?${new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ""))}`);
        };
        return el("section", { class: "panel", "aria-label": "Register" }, el("h2", {}, "Register"),
            el("form", { class: "fields", onsubmit: submit },
                labelled("Model of the store", url, "A version, or an alias as in medzoo://pretrained-skin@candidate"),
                labelled("Served as", name, "Its own name unless given"),
                labelled("Workers at least", least), labelled("Workers at most", most),
                el("button", { class: "first" }, "Register")));
    }
}

function number(value, min, max = 1024) {
    return el("input", { type: "number", min, max, value, required: value !== "" });
}

async function allModels() {
    const items = [];
    let next = "";
    do {
        const page = await askJson(`/models?limit=100${next && `&next_page_token=${next}`}`);
        items.push(...page.models);
        next = page.nextPageToken ?? "";
    } while (next !== "");
    return items;
}

/** What is gone between two questions, still loads, or is at another address, is nothing. */
function absent(problem) {
    if (problem.status === 404 || problem.status === 503) {
        return [];
    }
    throw problem;
}

/** A token that may watch need not be one that may predict. */
function notMine(problem) {
    return problem.status === 401 || problem.status === 403 ? [] : absent(problem);
}

function shares({ modelName, candidate, candidateShare, shadowShare }) {
    return candidate
        ? `Candidate ${candidate} of ${modelName} answers ${candidateShare} %, and computes ${shadowShare} % of the others, unseen.`
        : `${modelName} has no candidate now.`;
}

function howToPromote() {
    return [
        el("p", { class: "hint" }, "Which version is candidate and which is stable, the store's signed index says:"),
        el("pre", { tabIndex: 0, role: "region", "aria-label": "How a version is promoted" }, el("code", {}, "medzoo promote NAME/VERSION candidate\nmedzoo promote NAME/VERSION stable")),
    ];
}
