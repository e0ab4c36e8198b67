// One picture's answer, read from the top: what is to be known before the label, then the label.

import { el, likeliest, percent } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { linesPanel } from "./lines.js";

/** What must be read before the label, most important first. */
export function warningsOf(finding) {
    const warnings = [];
    if (finding.outOfDistribution?.beyond) {
        warnings.push({
            kind: "wrong",
            short: "unlike",
            title: "Unlike its training pictures",
            text: "The model was not made for a picture like this. It names one of its classes all the same, and that label means nothing.",
        });
    }
    if (finding.abstained) {
        warnings.push({
            kind: "unsure",
            short: "unsure",
            title: "The model abstains",
            text: "It is too unsure for its label to be used.",
        });
    }
    return warnings;
}

/** The whole panel of a picture that has an answer. */
export function findingPanel(picture, url, signal) {
    const { finding } = picture;
    return el("article", { class: "panel answer", "aria-label": `Answer for ${picture.name}` },
        heatmap(picture, url, signal),
        el("div", { class: "said" },
            el("p", { class: "file" }, picture.name),
            warnings(finding),
            el("h2", { class: warningsOf(finding).length > 0 ? "label doubted" : "label" },
                finding.label, " ", el("span", { class: "sure" }, percent(finding.probability))),
            bars(finding),
            setOf(finding),
            facts(picture),
            linesPanel(picture.name, finding.model, finding.version)));
}

function warnings(finding) {
    return warningsOf(finding).map(({ kind, title, text }) =>
        el("div", { class: `box ${kind}`, role: "note" }, el("p", {}, el("strong", {}, title), ". ", text)));
}

function bars(finding) {
    const inSet = new Set(finding.set?.labels ?? []);
    const rows = likeliest(finding).map(([label, probability]) => {
        const bar = el("span", { class: "fill" });
        bar.style.width = `${100 * probability}%`;
        return el("tr", { class: inSet.has(label) ? "in" : null },
            el("th", { scope: "row" }, label),
            el("td", { class: "bar", "aria-hidden": "true" }, bar),
            el("td", { class: "number" }, percent(probability)),
            el("td", { class: "mark" }, inSet.has(label) ? "in the set" : ""));
    });
    return el("table", { class: "bars" },
        el("caption", {}, "Calibrated probabilities"),
        el("thead", { class: "unseen" }, el("tr", {}, ["Class", "Bar", "Probability", "Set"].map((each) => el("th", { scope: "col" }, each)))),
        el("tbody", {}, rows));
}

function setOf({ set }) {
    if (!set) {
        return el("p", { class: "quiet" }, "This version was published without sets.");
    }
    const share = percent(set.coverage, 0);
    return el("p", {}, `Set of ${share}: `, el("strong", { class: "set" }, set.labels.join(", ")),
        el("span", { class: "hint" }, ` – of pictures like its validation pictures, at least ${share} have their true class in such a set.`));
}

function facts({ finding, millis }) {
    const foreign = finding.outOfDistribution;
    return el("dl", { class: "facts" },
        pair("Model", `${finding.model} ${finding.version}`),
        pair("Unlikeness", foreign ? `${foreign.score.toFixed(2)} (unlike beyond ${foreign.threshold.toFixed(2)})` : "not measured"),
        pair("Time", `${Math.round(millis)} ms, sending and all`),
        pair("Digest", el("code", { class: "digest" }, finding.digest)));
}

function pair(name, value) {
    return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}
