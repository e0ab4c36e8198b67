// The table of many pictures: sorted by any column, a click shows one.

import { el, percent, show } from "./dom.js";
import { warningsOf } from "./finding.js";

const STATES = { waiting: "waits", asking: "is asked …", later: "the server is busy, comes again", failed: "failed" };

const COLUMNS = [
    { name: "Picture", key: (each) => each.name },
    { name: "First to know", key: (each) => (each.finding ? warningsOf(each.finding).map((one) => one.short).join() : "~") },
    { name: "Label", key: (each) => each.finding?.label ?? "~" },
    { name: "Probability", key: (each) => each.finding?.probability ?? -1, isNumber: true, isDownFirst: true },
    { name: "Set", key: (each) => each.finding?.set?.labels.length ?? 99 },
    { name: "Time", key: (each) => each.millis ?? Number.MAX_VALUE, isNumber: true },
];

/** `pick` is called with a picture that its reader wants to see. */
export class ResultsTable {
    #rows = new Map();
    #sorted = null;
    #body = el("tbody");
    #heads;

    constructor(pick) {
        this.pick = pick;
        this.#heads = COLUMNS.map((column) =>
            el("th", { scope: "col", class: column.isNumber ? "number" : null },
                el("button", { class: "sort", onclick: () => this.#sortBy(column) }, column.name)));
        this.node = el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Table of the pictures" },
            el("table", { class: "results" },
                el("caption", { class: "unseen" }, "Answers, one picture a row. The buttons in the head sort it."),
                el("thead", {}, el("tr", {}, this.#heads)), this.#body));
    }

    /** Shows these pictures and no other. */
    list(pictures) {
        const there = new Set(pictures);
        for (const [picture, row] of this.#rows) {
            if (!there.has(picture)) {
                row.remove();
                this.#rows.delete(picture);
            }
        }
        for (const picture of pictures) {
            this.update(picture);
        }
        this.#order();
    }

    /** Shows what is known of a picture now. */
    update(picture) {
        let row = this.#rows.get(picture);
        if (!row) {
            row = el("tr", {});
            this.#rows.set(picture, row);
            this.#body.append(row);
        }
        const button = row.querySelector("button");
        const hadFocus = button !== null && button === document.activeElement;
        show(row, this.#cells(picture));
        if (hadFocus) {
            row.querySelector("button").focus();
        }
    }

    /** Marks the picture that is shown. */
    mark(picture) {
        for (const [each, row] of this.#rows) {
            row.ariaCurrent = each === picture ? "true" : null;
        }
    }

    #cells(picture) {
        const { finding, problem } = picture;
        const open = el("button", { class: "open", onclick: () => this.pick(picture) },
            el("span", { class: "thumb" }, picture.thumb), el("span", {}, picture.name));
        const first = el("th", { scope: "row" }, open);
        if (!finding) {
            const text = problem ? problem.message : STATES[picture.state];
            return [first, el("td", { colSpan: COLUMNS.length - 1, class: problem ? "problem" : "quiet" }, text)];
        }
        const chips = warningsOf(finding).map(({ kind, short }) => el("span", { class: `chip ${kind}` }, short));
        return [
            first,
            el("td", {}, chips.length > 0 ? chips : "–"),
            el("td", { class: chips.length > 0 ? "doubted" : null }, finding.label),
            el("td", { class: "number" }, percent(finding.probability)),
            el("td", {}, finding.set ? finding.set.labels.join(", ") : "–"),
            el("td", { class: "number" }, `${Math.round(picture.millis)} ms`),
        ];
    }

    #sortBy(column) {
        const isUp = this.#sorted?.column === column ? !this.#sorted.isUp : !column.isDownFirst;
        this.#sorted = { column, isUp };
        this.#heads.forEach((head, i) => {
            head.ariaSort = COLUMNS[i] === column ? (isUp ? "ascending" : "descending") : null;
        });
        this.#order();
    }

    #order() {
        if (!this.#sorted) {
            return;
        }
        const { column, isUp } = this.#sorted;
        const compare = (a, b) => {
            const [first, second] = [column.key(a), column.key(b)];
            const order = typeof first === "string" ? first.localeCompare(second, "en", { numeric: true }) : first - second;
            return (isUp ? order : -order) || a.id - b.id;
        };
        this.#body.append(...[...this.#rows.keys()].sort(compare).map((each) => this.#rows.get(each)));
    }
}
