// Where the network looked, drawn over the picture.

import { explain, lanes, patiently, Problem } from "./api.js";
import { el, labelled, likeliest, show } from "./dom.js";

const JSON_MAP = "application/json";
const PNG = "image/png";
const SIDE = 384;
const TALLEST_REM = 26;

// Inferno (Smith, van der Walt: matplotlib) at every eighth: equal steps look equally far apart.
const INFERNO = ["000004", "1f0c48", "550f6d", "88226a", "ba3655", "e35933", "f98c0a", "f9c932", "fcffa4"].map((hex) =>
    [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));

/** The colour of a value in [0, 1], as red, green, blue. */
export function colour(value) {
    const at = Math.min(1, Math.max(0, value)) * (INFERNO.length - 1);
    const low = Math.min(INFERNO.length - 2, Math.floor(at));
    return INFERNO[low].map((each, channel) => Math.round(each + (at - low) * (INFERNO[low + 1][channel] - each)));
}

/** Draws a grid of values in [0, 1], smoothed by the canvas, in colours. */
export function drawMap(canvas, grid, values, area) {
    const small = new OffscreenCanvas(grid.width, grid.height);
    const grey = new ImageData(grid.width, grid.height);
    values.forEach((value, i) => {
        grey.data.fill(Math.round(255 * value), 4 * i, 4 * i + 3);
        grey.data[4 * i + 3] = 255;
    });
    small.getContext("2d").putImageData(grey, 0, 0);
    const scale = SIDE / Math.max(area.width, area.height);
    canvas.width = Math.max(1, Math.round(area.width * scale));
    canvas.height = Math.max(1, Math.round(area.height * scale));
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(small, 0, 0, canvas.width, canvas.height);
    const smooth = pen.getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < smooth.data.length; i += 4) {
        [smooth.data[i], smooth.data[i + 1], smooth.data[i + 2]] = colour(smooth.data[i] / 255);
    }
    pen.putImageData(smooth, 0, 0);
}

/** The picture with the map over it, and what chooses the map. `picture` has an answer. */
export function heatmap(picture, url, signal) {
    const { finding } = picture;
    const canvas = el("canvas", { class: "map", hidden: true });
    const frame = el("div", { class: "frame" });
    const said = el("p", { class: "quiet", role: "status" }, "Asking where it looks …");
    const classes = el("select", {}, likeliest(finding).map(([label]) => el("option", { value: label }, label)));
    const method = el("select", {},
        el("option", { value: "layercam" }, "LayerCAM, finer"),
        el("option", { value: "gradcam" }, "Grad-CAM, coarser"),
        el("option", { value: "rise" }, "RISE, slower"));
    const opacity = el("input", { type: "range", min: 0, max: 100, value: 55 });
    const controls = el("div", { class: "controls", hidden: true },
        labelled("Opacity of the map", opacity), labelled("Map of the class", classes), labelled("Method", method), scaleOfColours());
    const fade = () => (canvas.style.opacity = opacity.value / 100);
    opacity.addEventListener("input", fade);
    const begin = () => load().catch((failure) => signal.aborted || fail(failure));
    classes.addEventListener("change", begin);
    method.addEventListener("change", begin);
    let isShown = false;

    const image = el("img", { src: url, alt: `The picture ${picture.name}` });
    show(frame, image, canvas);
    image.decode().then(fit, noImage).then(() => signal.aborted || begin());
    return el("div", { class: "look" }, frame, said, controls);

    function fit() {
        isShown = true;
        frame.style.width = `min(100%, ${(TALLEST_REM * image.naturalWidth) / image.naturalHeight}rem)`;
    }

    /** The first time the server chooses the method. */
    async function load() {
        const choice = { class: classes.value, ...(controls.hidden ? {} : { method: method.value }) };
        said.textContent = "Asking where it looks …";
        isShown &&= !(await isTurnedWebp(picture.file));
        const accept = isShown ? JSON_MAP : PNG;
        const ask = () => lanes.run(() => explain(picture.file, finding.model, finding.version, choice, accept, signal), true);
        const response = await patiently(ask, signal, () => (said.textContent = "The server is busy. It is asked again."));
        const explanation = isShown ? await response.json() : null;
        if (explanation && (explanation.width !== image.naturalWidth || explanation.height !== image.naturalHeight)) {
            // The browser did not turn the picture as the server did: the map would lie elsewhere.
            isShown = false;
            return load();
        }
        const isEmpty = explanation ? draw(explanation) : await showPng(await response.blob());
        method.value = response.headers.get("x-medzoo-method") ?? method.value;
        controls.hidden = false;
        said.textContent = isEmpty
            ? `Nothing that it sees speaks for “${choice.class}”.`
            : `Brighter is where it sees more that speaks for “${choice.class}”. The map is no outline of a finding.`;
    }

    function draw({ width, height, area, grid, map }) {
        drawMap(canvas, grid, map, area);
        place(canvas, area, width, height);
        canvas.hidden = false;
        fade();
        return map.every((value) => value === 0);
    }

    /** What no browser can show, or not as the server reads it, the server draws. */
    async function showPng(blob) {
        const drawn = URL.createObjectURL(blob);
        const shown = el("img", { src: drawn, alt: `The picture ${picture.name} with the map over it` });
        await shown.decode();
        URL.revokeObjectURL(drawn);
        opacity.disabled = true;
        show(frame, shown);
        return false;
    }

    function noImage() {
        show(frame, el("div", { class: "placeholder" }, el("p", {}, "A browser cannot show this kind of file. The server reads it.")));
    }

    function fail(failure) {
        if (!(failure instanceof Problem)) {
            throw failure;
        }
        canvas.hidden = true;
        const isAbsent = failure.status === 404 || failure.status === 422;
        show(said, `No heat map: ${failure.message} `, !isAbsent && el("button", { onclick: begin }, "Try again"));
    }
}

/** Whether a file is a WebP with EXIF, by which the server turns a picture and browsers do not. */
async function isTurnedWebp(file) {
    const head = new Uint8Array(await file.slice(0, 21).arrayBuffer());
    return String.fromCharCode(...head.subarray(8, 16)) === "WEBPVP8X" && (head[20] & 8) !== 0;
}

/** Where the network saw nothing, there is no map. */
function place(canvas, area, width, height) {
    canvas.style.left = `${(100 * area.x) / width}%`;
    canvas.style.top = `${(100 * area.y) / height}%`;
    canvas.style.width = `${(100 * area.width) / width}%`;
    canvas.style.height = `${(100 * area.height) / height}%`;
}

function scaleOfColours() {
    const canvas = el("canvas", { width: 128, height: 1, class: "scale", role: "img", "aria-label": "Colours from least to most" });
    const pen = canvas.getContext("2d");
    for (let x = 0; x < 128; x++) {
        pen.fillStyle = `rgb(${colour(x / 127).join(" ")})`;
        pen.fillRect(x, 0, 1, 1);
    }
    return el("div", { class: "legend" }, el("span", {}, "least"), canvas, el("span", {}, "most"));
}
