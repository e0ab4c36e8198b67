// Pictures that are asked about: two at a time, patiently, and without keeping more than a thumbnail of each.

import { lanes, patiently, predict, Problem } from "./api.js";

const PUMPS = 2;
const THUMB = 96;

/**
 * Told of by `change` events, each with the picture that changed, or null for all. A picture's state is `waiting`,
 * `asking`, `later` (the server is busy), `done` or `failed`.
 */
export class Batch extends EventTarget {
    pictures = [];
    isGone = false;
    #next = 0;
    #running = 0;
    #stop = new AbortController();

    /** Adds files, and asks the model about them. */
    add(files, model) {
        const added = Array.from(files, (file) => ({ id: this.#next++, file, name: file.name || "pasted picture", state: "waiting" }));
        this.pictures.push(...added);
        this.askAll(added, model);
        return added;
    }

    /** Asks about pictures, whatever was known of them. */
    askAll(pictures, model) {
        for (const picture of pictures) {
            Object.assign(picture, { state: "waiting", model, finding: null, problem: null, millis: null });
        }
        this.isGone = false;
        this.#changed(null);
        this.#start();
    }

    /** Goes on with what has no answer. */
    again() {
        const left = this.pictures.filter((each) => each.state === "failed" || each.state === "waiting");
        this.isGone = false;
        left.forEach((each) => Object.assign(each, { state: "waiting", problem: null }));
        this.#changed(null);
        this.#start();
    }

    /** Forgets every picture; what is under way is broken off. */
    clear() {
        this.#stop.abort();
        this.#stop = new AbortController();
        this.pictures = [];
        this.isGone = false;
        this.#changed(null);
    }

    count(state) {
        return this.pictures.filter((each) => each.state === state).length;
    }

    /** Whether some of them have no answer yet and are being asked about. */
    get isBusy() {
        return !this.isGone && this.pictures.some((each) => ["waiting", "asking", "later"].includes(each.state));
    }

    #start() {
        while (this.#running < PUMPS) {
            this.#running += 1;
            this.#pump().finally(() => (this.#running -= 1));
        }
    }

    async #pump() {
        let picture;
        while (!this.isGone && (picture = this.pictures.find((each) => each.state === "waiting"))) {
            await this.#answer(picture, this.#stop.signal);
        }
    }

    async #answer(picture, stop) {
        const { model } = picture;
        this.#set(picture, { state: "asking" });
        try {
            const ask = () => lanes.run(() => answerOf(picture.file, model, stop));
            const answer = await patiently(ask, stop, () => this.#set(picture, { state: "later" }));
            picture.thumb ??= await thumbnail(picture.file);
            if (picture.model === model && !stop.aborted) {
                this.#set(picture, { state: "done", ...answer });
            }
        } catch (failure) {
            if (!stop.aborted && picture.model === model) {
                this.#failed(picture, failure);
            }
        }
    }

    #failed(picture, failure) {
        const problem = failure instanceof Problem ? failure : new Problem(-1, `The file cannot be read: ${failure.message}`);
        this.isGone ||= problem.isGone;
        this.#set(picture, problem.isGone ? { state: "waiting" } : { state: "failed", problem });
        if (problem.isGone) {
            this.#changed(null);
        }
    }

    #set(picture, values) {
        Object.assign(picture, values);
        this.#changed(picture);
    }

    #changed(picture) {
        this.dispatchEvent(new CustomEvent("change", { detail: picture }));
    }
}

/** A folder, or a file that has gone, looks to `fetch` like a server that does not answer: so it is read first. */
async function answerOf(file, model, stop) {
    await file.slice(0, 1).arrayBuffer();
    return predict(file, model.name, model.version, stop);
}

/** A small copy, or null of what a browser cannot show; the picture itself is not kept. */
async function thumbnail(file) {
    try {
        const small = await createImageBitmap(file, { resizeWidth: THUMB, resizeQuality: "medium" });
        const canvas = document.createElement("canvas");
        canvas.width = small.width;
        canvas.height = small.height;
        canvas.getContext("2d").drawImage(small, 0, 0);
        small.close();
        return canvas;
    } catch {
        return null;
    }
}
