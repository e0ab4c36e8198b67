// The view where pictures are dropped and answered.

import { Problem, askJson, storeFile } from "./api.js";
import { Batch } from "./batch.js";
import { csvOf } from "./csv.js";
import { download, el, labelled, show } from "./dom.js";
import { findingPanel } from "./finding.js";
import { ResultsTable } from "./results.js";

const EXAMPLES = 3;

/** The alias that people ask for. */
function aliasOf({ aliases }) {
    const alias = aliases.includes("stable") ? "stable" : aliases[0];
    return alias ? ` (${alias})` : "";
}

/** `offer` takes what there is to choose from, `open` is called whenever the view is shown. */
export function picturesView() {
    const view = new PicturesView();
    return { node: view.node, offer: (catalogue) => view.offer(catalogue), open: () => {} };
}

class PicturesView {
    #batch = new Batch();
    #table = new ResultsTable((picture) => this.#look(picture, true));
    #models = el("select", { onchange: () => this.#choose() });
    #about = el("p", { class: "hint" });
    #examples = el("div", { class: "examples" });
    #progress = el("progress", { max: 1, value: 0, hidden: true, "aria-label": "Pictures answered" });
    #said = el("p", { role: "status", class: "status" });
    #alert = el("div", { role: "alert" });
    #actions = el("div", { class: "row" });
    #detail = el("div", { class: "detail", tabIndex: -1 });
    #results = el("section", { class: "many", "aria-label": "All pictures", hidden: true });
    #shown = null;
    #url = null;
    #looking = new AbortController();

    constructor() {
        const choose = el("input", { type: "file", multiple: true, class: "unseen", tabIndex: -1, "aria-label": "Choose pictures",
            onchange: () => { this.#take(choose.files); choose.value = ""; } });
        this.drop = el("div", { class: "drop", ondragover: (event) => this.#over(event, true), ondragleave: (event) => this.#over(event, false) },
            el("p", { class: "big" }, "Drop pictures here"),
            el("p", {}, el("button", { class: "first", onclick: () => choose.click() }, "Choose pictures"), choose, " or paste one"),
            el("p", { class: "hint" }, "JPEG, PNG, TIFF, BMP, GIF, WebP or DICOM; one or many"));
        const field = labelled("Model", this.#models);
        field.append(this.#about);
        show(this.#results, this.#table.node);
        this.node = el("div", { class: "pictures" },
            el("h1", { class: "unseen" }, "Pictures"),
            el("section", { class: "ask", "aria-label": "What to ask" }, field, this.drop, this.#examples),
            el("section", { class: "answers", "aria-label": "Answers" }, this.#alert,
                el("div", { class: "row head" }, this.#said, this.#progress, this.#actions), this.#detail, this.#results));
        this.#batch.addEventListener("change", ({ detail }) => this.#changed(detail));
        addEventListener("dragover", (event) => event.preventDefault());
        addEventListener("drop", (event) => this.#dropped(event));
        addEventListener("paste", (event) => this.node.hidden || this.#take(event.clipboardData.files));
        this.#tell();
    }

    offer({ models }) {
        const choices = models.flatMap(({ name, versions }) => versions.filter((each) => each.status === "READY").map((version) => ({ name, ...version })));
        this.choices = new Map(choices.map((each) => [`${each.name}/${each.version}`, each]));
        show(this.#models, models.map(({ name }) =>
            el("optgroup", { label: name }, choices.filter((each) => each.name === name).map((each) =>
                el("option", { value: `${name}/${each.version}` }, `${name} ${each.version}${aliasOf(each)}`)))));
        const usual = choices.filter((each) => each.share > 0).sort((a, b) => b.share - a.share || (a.artifact === "pretrained-skin" ? -1 : 1))[0] ?? choices[0];
        if (!usual) {
            show(this.#alert, el("p", { class: "box unsure" }, "This server serves no model now."));
            return;
        }
        this.#models.value = `${usual.name}/${usual.version}`;
        this.#choose();
    }

    get model() {
        return this.choices.get(this.#models.value);
    }

    /** What is there is asked about again: a table has the answers of one version. */
    #choose() {
        const model = this.model;
        this.#describe(model);
        if (this.#batch.pictures.length > 0) {
            this.#batch.askAll(this.#batch.pictures, model);
            this.#look(this.#shown ?? this.#batch.pictures[0], false);
        }
    }

    async #describe(model) {
        show(this.#about);
        show(this.#examples);
        try {
            const card = await (await storeFile(model.artifact, model.version, "card.json")).json();
            if (model === this.model) {
                show(this.#about, card.summary, " ", el("a", { href: `#/models/${model.name}/${model.version}` }, "Its card"));
                await this.#offerExamples(model);
            }
        } catch (failure) {
            if (!(failure instanceof Problem)) {
                throw failure;
            }
        }
    }

    /** The pictures that were drawn by code for the version's own test. */
    async #offerExamples(model) {
        const manifest = await askJson(`/store/${model.artifact}/${model.version}/manifest.json`);
        const names = manifest.files.map((each) => each.path).filter((path) => /^golden\/.*\.png$/.test(path)).slice(0, EXAMPLES);
        const buttons = [];
        for (const path of names) {
            const blob = await (await storeFile(model.artifact, model.version, path)).blob();
            const name = path.replace("golden/", "");
            const url = URL.createObjectURL(blob);
            const image = el("img", { src: url, alt: "", width: 64, height: 64, onload: () => URL.revokeObjectURL(url) });
            buttons.push(el("button", { class: "example", onclick: () => this.#take([new File([blob], name, { type: blob.type })]) },
                image, el("span", {}, name.replace(".png", ""))));
        }
        if (model === this.model && buttons.length > 0) {
            show(this.#examples, el("p", { class: "hint" }, "Or take one that was drawn by code, of nobody:"), el("div", { class: "row" }, buttons));
        }
    }

    #over(event, isOver) {
        event.preventDefault();
        this.drop.classList.toggle("over", isOver);
    }

    #dropped(event) {
        event.preventDefault();
        this.drop.classList.remove("over");
        if (!this.node.hidden) {
            this.#take(event.dataTransfer.files);
        }
    }

    #take(files) {
        if (files.length > 0 && this.model) {
            const added = this.#batch.add(files, this.model);
            this.#look(added[0], false);
        }
    }

    #changed(picture) {
        const { pictures } = this.#batch;
        this.#results.hidden = pictures.length < 2;
        if (picture === null) {
            this.#table.list(pictures);
        } else {
            this.#table.update(picture);
        }
        if (this.#shown && !pictures.includes(this.#shown)) {
            this.#look(null, false);
        } else if (picture !== null && picture === this.#shown) {
            this.#look(picture, false);
        }
        this.#tell();
    }

    /** Shows one picture; only this one is held as a whole. */
    #look(picture, isAsked) {
        this.#looking.abort();
        this.#looking = new AbortController();
        if (this.#url) {
            URL.revokeObjectURL(this.#url);
            this.#url = null;
        }
        this.#shown = picture;
        this.#table.mark(picture);
        show(this.#detail, picture && this.#panel(picture));
        if (isAsked) {
            this.#detail.focus();
            this.#detail.scrollIntoView({ block: "nearest" });
        }
    }

    #panel(picture) {
        if (picture.state === "done") {
            this.#url = URL.createObjectURL(picture.file);
            return findingPanel(picture, this.#url, this.#looking.signal);
        }
        if (picture.problem) {
            return el("div", { class: "box wrong", role: "alert" },
                el("p", {}, el("strong", {}, picture.name), ": ", picture.problem.message));
        }
        const text = picture.state === "later" ? "The server is busy. It is asked again when it said." : "The picture is being looked at …";
        return el("p", { class: "quiet" }, text);
    }

    #tell() {
        const batch = this.#batch;
        const all = batch.pictures.length;
        const failed = batch.count("failed");
        const answered = batch.count("done");
        this.#progress.hidden = !batch.isBusy || all < 2;
        this.#progress.max = Math.max(1, all);
        this.#progress.value = answered + failed;
        const parts = [`${answered} of ${all} answered`, failed > 0 && `${failed} failed`, batch.count("later") > 0 && "the server is busy, and is asked again"];
        this.#said.textContent = all === 0 ? "" : parts.filter(Boolean).join(", ") + ".";
        this.#warn();
        show(this.#actions,
            !batch.isBusy && failed > 0 && el("button", { onclick: () => batch.again() }, "Try the failed ones again"),
            answered > 0 && el("button", { onclick: () => download("findings.csv", "text/csv", csvOf(batch.pictures)) }, "Download CSV"),
            all > 0 && el("button", { onclick: () => batch.clear() }, batch.isBusy ? "Stop and clear" : "Clear"));
    }

    #warn() {
        const isGone = this.#batch.isGone;
        if (isGone === (this.#alert.firstChild !== null)) {
            return;
        }
        show(this.#alert, isGone && el("div", { class: "box wrong" },
            el("p", {}, el("strong", {}, "The server does not answer."), " What is not answered yet waits here."),
            el("button", { onclick: () => this.#batch.again() }, "Go on")));
    }
}
