// A model's card as a page to read: what it is for, what it is not for, how good it is and how sure of that.

import { Problem, storeFile } from "./api.js";
import { reliabilityChart } from "./chart.js";
import { el, interval, show } from "./dom.js";
import { linesPanel } from "./lines.js";

const BINS = 10;
const NORMAL_95 = 1.96;

/** Shows the card of a version in a node. */
export async function cardPage(node, model, version) {
    const back = el("p", {}, el("a", { href: "#/models" }, "All models"));
    show(node, back, el("h1", {}, `${model.name} ${version.version}`), el("p", { class: "quiet" }, "Asking for its card …"));
    try {
        const card = await (await storeFile(version.artifact, version.version, "card.json")).json();
        const chart = el("div");
        show(node, back, page(card, model, version, chart));
        await drawReliability(chart, version);
    } catch (failure) {
        if (!(failure instanceof Problem)) {
            throw failure;
        }
        node.append(el("p", { class: "box wrong", role: "alert" }, `Its card is not to be had: ${failure.message}`));
    }
}

function page(card, model, version, chart) {
    return el("article", { class: "card" },
        el("h1", {}, `${model.name} ${version.version}`),
        el("p", { class: "lead" }, card.summary),
        el("p", {}, version.aliases.map((alias) => el("span", { class: "chip" }, alias)), ` ${version.share} % of the requests that name no version.`),
        el("div", { class: "two" },
            part("What it is for", el("p", {}, card.intendedUse)),
            part("What it is not for", listOf(card.outOfScope))),
        part("Limits", listOf(card.limits)),
        part("How good it is", metrics(card), el("p", { class: "hint" }, "In brackets the 95 % interval, over lesions, patients or slides.")),
        part("How reliable its probabilities are", chart),
        classes(card),
        card.subgroups && part("Subgroups", subgroups(card.subgroups)),
        card.eightBits && part("What eight bits cost", eightBits(card.eightBits)),
        part("Data and licence", data(card), el("p", {}, `Licence of the weights: ${card.licence}. ${card.commercialUse ? "" : "Not for commercial use."}`)),
        part("How it was made", el("p", {}, `${card.parameters.toLocaleString("en")} parameters, ${input(card)}. Recipe and command stand in `,
            el("a", { href: `/store/${version.artifact}/${version.version}/card.json` }, "card.json"), "."),
        el("p", {}, "Digest ", el("code", { class: "digest" }, version.digest))),
        linesPanel("picture.jpg", model.name, version.version));
}

function part(title, ...children) {
    return el("section", { class: "panel" }, el("h2", {}, title), children);
}

function listOf(items) {
    return el("ul", {}, (items ?? []).map((each) => el("li", {}, each)));
}

function input({ network }) {
    return network.input ? `pictures of ${network.input.width} × ${network.input.height} pixels` : "a network from elsewhere";
}

function table(caption, heads, rows) {
    return el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": caption },
        el("table", {}, el("caption", {}, caption),
            el("thead", {}, el("tr", {}, heads.map((each) => el("th", { scope: "col" }, each)))),
            el("tbody", {}, rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), rest.map((each) => el("td", { class: each.length > 40 ? "text" : null }, each)))))));
}

function metrics({ metrics: all }) {
    return table("Measured on", ["Pictures of", "Number", "Balanced accuracy", "Macro-F1", "AUROC", "Calibration error", "In the set of 90 %", "Unlike"],
        all.map((each) => [
            `${each.dataSet ?? "all sets"}, ${each.split}`,
            `${each.pictures}`,
            interval(each.balancedAccuracy),
            interval(each.macroF1),
            interval(each.auroc),
            interval(each.calibrationError),
            interval(each.reliability?.sets?.coverage),
            interval(each.reliability?.domain?.flagged),
        ]));
}

/** By class, on the test pictures. */
function classes({ metrics: all }) {
    const test = all.find((each) => each.split === "test" && !each.dataSet) ?? all.find((each) => each.split === "test") ?? all[0];
    return part("By class", table(`Of ${test.pictures} pictures, ${test.split}`, ["Class", "Number", "Precision", "Recall", "F1", "AUROC"],
        test.classes.map((each) => [each.label, `${each.pictures}`, interval(each.precision), interval(each.recall), interval(each.f1), interval(each.auroc)])));
}

function subgroups({ figures, notAvailable }) {
    return [
        (figures ?? []).length > 0 && table("By subgroup", ["Subgroup", "Number", "Accuracy", "Balanced accuracy"],
            figures.map((each) => [each.name, `${each.pictures}`, interval(each.accuracy), interval(each.balancedAccuracy)])),
        notAvailable && el("p", {}, notAvailable),
    ];
}

function eightBits(figures) {
    return el("p", {}, `Balanced accuracy ${interval(figures.balancedAccuracy)} with eight bits, ${interval(figures.difference)} more than without. `
        + `${figures.kept ? "Version has a graph of eight bits." : "It was left out."}`);
}

function data({ data: sets }) {
    return table("Trained, chosen and scored on", ["Data", "Role", "Pictures", "Licence", "Whom to cite"],
        sets.map((each) => [each.name, each.role, Object.entries(each.pictures ?? {}).map(([split, count]) => `${split} ${count}`).join(", "), each.licence, each.citation]));
}

/** From what the version said about each test picture, which lies beside its card. */
async function drawReliability(node, version) {
    try {
        const csv = await (await storeFile(version.artifact, version.version, "predictions.csv")).text();
        show(node, el("div", { class: "two" }, reliabilityChart(bins(csv)),
            el("p", { class: "hint" }, "Test pictures in ten groups by how sure the model was of its label. On the line, it is right as often as it says; "
                + "above, more often. The bars are 95 % intervals (Wilson), as if the pictures were independent.")));
    } catch (failure) {
        if (!(failure instanceof Problem)) {
            throw failure;
        }
        show(node, el("p", {}, "This version was published without its predictions, so there is no plot."));
    }
}

/** Groups of equal width by the probability of the named class. */
export function bins(csv) {
    const [head, ...lines] = csv.trim().split("\n").map((line) => line.split(","));
    const all = Array.from({ length: BINS }, () => ({ count: 0, sum: 0, hits: 0 }));
    for (const [, , label, ...numbers] of lines) {
        const probabilities = numbers.map(Number);
        const sure = Math.max(...probabilities);
        const bin = all[Math.min(BINS - 1, Math.floor(sure * BINS))];
        bin.count += 1;
        bin.sum += sure;
        bin.hits += head[3 + probabilities.indexOf(sure)] === label ? 1 : 0;
    }
    return all.filter((each) => each.count > 0).map(({ count, sum, hits }) => ({ count, sure: sum / count, right: hits / count, ...wilson(hits, count) }));
}

/** Wilson's interval of a share (J Am Stat Assoc 22:209, 1927). */
function wilson(hits, count) {
    const z2 = NORMAL_95 * NORMAL_95;
    const share = hits / count;
    const middle = (share + z2 / (2 * count)) / (1 + z2 / count);
    const half = (NORMAL_95 * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count * count))) / (1 + z2 / count);
    return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
