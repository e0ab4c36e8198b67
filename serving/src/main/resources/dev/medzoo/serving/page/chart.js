// Small charts in SVG. Each says in words what it shows.

import { svg } from "./dom.js";

const WIDTH = 320;

function frame(height, label, ...children) {
    return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "chart", role: "img", "aria-label": label }, ...children);
}

/** How often the model was right among pictures that it was about as sure of. */
export function reliabilityChart(bins) {
    const [left, top, side] = [44, 12, 248];
    const x = (share) => left + share * side;
    const y = (share) => top + (1 - share) * side;
    const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
        svg("line", { class: "grid", x1: x(0), x2: x(1), y1: y(share), y2: y(share) }),
        svg("text", { x: left - 6, y: y(share) + 4, "text-anchor": "end" }, `${100 * share}`),
        svg("text", { x: x(share), y: y(0) + 16, "text-anchor": "middle" }, `${100 * share}`),
    ]);
    const dots = bins.flatMap(({ sure, right, low, high, count }) => [
        svg("line", { class: "whisker", x1: x(sure), x2: x(sure), y1: y(low), y2: y(high) }),
        svg("circle", { class: "dot", cx: x(sure), cy: y(right), r: 3 + Math.min(4, Math.sqrt(count) / 8) },
            svg("title", {}, `${count} pictures: sure ${Math.round(100 * sure)} %, right ${Math.round(100 * right)} %`)),
    ]);
    const label = bins.map((each) => `sure ${Math.round(100 * each.sure)} %, right ${Math.round(100 * each.right)} % of ${each.count}`).join("; ");
    return frame(top + side + 40, `Reliability: ${label}`, ticks,
        svg("line", { class: "even", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }), dots,
        svg("text", { x: x(0.5), y: top + side + 34, "text-anchor": "middle" }, "how sure, %"),
        svg("text", { x: 0, y: 0, transform: `translate(11 ${y(0.5)}) rotate(-90)`, "text-anchor": "middle" }, "how often right, %"));
}

/** Lines over the last minutes. Each of `series` has a name and values, null where nothing is known. */
export function lineChart(name, unit, series) {
    const [left, top, width, height] = [44, 8, WIDTH - 52, 90];
    const values = series.flatMap((each) => each.values).filter((value) => value !== null);
    const most = Math.max(...values, 0) || 1;
    const digits = most < 10 ? 1 : 0;
    const lines = series.map(({ values: line }, i) => svg("path", { class: `line line-${i}`, d: path(line, left, top, width, height, most) }));
    const now = series.map((each) => `${each.name} ${last(each.values, digits)} ${unit}`).join(", ");
    return frame(top + height + 12, `${name}: ${now}`,
        [0, 0.5, 1].flatMap((share) => {
            const y = top + (1 - share) * height;
            return [
                svg("line", { class: "grid", x1: left, x2: left + width, y1: y, y2: y }),
                svg("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, (share * most).toFixed(digits)),
            ];
        }), lines);
}

/** The latest value, for people. */
export function last(values, digits = 1) {
    const value = values.at(-1);
    return value === null || value === undefined ? "–" : value.toFixed(digits);
}

function path(line, left, top, width, height, most) {
    let d = "";
    let isBroken = true;
    line.forEach((value, i) => {
        if (value !== null) {
            const x = left + (width * i) / Math.max(1, line.length - 1);
            const y = (top + height * (1 - value / most)).toFixed(1);
            // A value between two gaps is a dot.
            d += isBroken ? `M${x.toFixed(1)} ${y}h0` : `L${x.toFixed(1)} ${y}`;
        }
        isBroken = value === null;
    });
    return d;
}
