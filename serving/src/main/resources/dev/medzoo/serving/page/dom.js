// Elements without markup in strings: text is always text.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. Of its properties, `class`, `data-…`, `aria-…`, `role`, `for` and those of SVG are attributes, `on…` are
 * listeners, and what is null or false is left out.
 */
export function el(name, properties = {}, ...children) {
    return fill(document.createElement(name), properties, children);
}

/** The same in SVG, where every property is an attribute. */
export function svg(name, properties = {}, ...children) {
    return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(node, properties, children) {
    for (const [key, value] of Object.entries(properties)) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (key.startsWith("on")) {
            node.addEventListener(key.slice(2), value);
        } else if (key in node && !(node instanceof SVGElement) && key !== "list") {
            node[key] = value;
        } else {
            node.setAttribute(key, value === true ? "" : value);
        }
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
}

/** Puts children in place of those that are there. */
export function show(node, ...children) {
    node.replaceChildren(...children.flat(Infinity).filter(Boolean));
    return node;
}

let ids = 0;

/** An id that no other element has. */
export function freshId(prefix) {
    ids += 1;
    return `${prefix}-${ids}`;
}

/** A field with its label. */
export function labelled(text, field, hint = null) {
    field.id ||= freshId("field");
    return el("div", { class: "field" }, el("label", { htmlFor: field.id }, text), field, hint && el("p", { class: "hint" }, hint));
}

/** `0.6916` as `69.2 %`. */
export function percent(share, digits = 1) {
    return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : "–";
}

/** Label and probability of each class, the most probable first; JSON promises no order. */
export function likeliest({ probabilities }) {
    return Object.entries(probabilities).sort(([, a], [, b]) => b - a);
}

/** An estimate with its 95 % interval as `0.656 [0.608, 0.704]`. */
export function interval(estimate, digits = 3) {
    if (!estimate || !Number.isFinite(estimate.value)) {
        return "–";
    }
    const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((each) => Number(each).toFixed(digits));
    return `${value} [${low}, ${high}]`;
}

/** Hands a text to the reader as a file. */
export function download(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
}
