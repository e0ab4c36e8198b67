// Every request to the server goes through here.

const TOKEN = "medzoo-token";
/** What a header takes, printable ASCII without spaces. */
const SENDABLE = /^[!-~]+$/;
const MOST_WAITS = 60;
const MOST_DIALS = 3;
const SHORTEST_WAIT = 1000;
const FINDING = "application/vnd.medzoo.finding+json";

/** Why there is no answer. `status` is 0 where the server did not answer at all. */
export class Problem extends Error {
    constructor(status, message, retryAfter = null) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Whether another try may be answered, and the server said when. */
    get isLater() {
        return (this.status === 429 || this.status === 503 || this.status === 507) && this.retryAfter !== null;
    }

    get isGone() {
        return this.status === 0;
    }
}

/** The token that was typed here. It lives as long as this tab. */
export const token = {
    get: () => sessionStorage.getItem(TOKEN) ?? "",
    set(text) {
        if (text === "") {
            sessionStorage.removeItem(TOKEN);
        } else {
            sessionStorage.setItem(TOKEN, text);
        }
    },
};

/** Asks for a path of this server; a refusal is a {@link Problem}. */
export async function ask(path, options = {}) {
    const headers = new Headers(options.headers);
    if (token.get() !== "") {
        if (!SENDABLE.test(token.get())) {
            throw new Problem(401, "token: with other characters than a token has (expected: mz_ and all that follows, copied)");
        }
        headers.set("authorization", `Bearer ${token.get()}`);
    }
    let response;
    try {
        response = await fetch(path, { ...options, headers, credentials: "omit", redirect: "error" });
    } catch (failure) {
        if (failure.name === "AbortError") {
            throw failure;
        }
        throw new Problem(0, "The server does not answer.");
    }
    if (!response.ok) {
        throw await problem(response);
    }
    return response;
}

async function problem(response) {
    const after = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
    let said = {};
    try {
        said = await response.json();
    } catch {
        // A proxy's page, or a connection that ended.
    }
    const message = [said.message ?? said.error ?? response.statusText, said.detail].filter(Boolean).join(": ");
    return new Problem(response.status, message || `Status ${response.status}`, Number.isNaN(after) ? null : after);
}

export async function askJson(path, options = {}) {
    const response = await ask(path, options);
    try {
        return await response.json();
    } catch {
        throw new Problem(0, "The server's answer is incomplete.");
    }
}

/** `/predictions/skin/2.2.0`; without a version the server chooses one. */
export function modelPath(kind, name, version) {
    return `/${kind}/${encodeURIComponent(name)}${version ? `/${encodeURIComponent(version)}` : ""}`;
}

/** The whole finding about a picture, and how long it took, in milliseconds. */
export async function predict(file, name, version, signal) {
    const from = performance.now();
    const finding = await askJson(modelPath("predictions", name, version), {
        method: "POST",
        body: file,
        headers: { accept: FINDING, "content-type": "application/octet-stream" },
        signal,
    });
    return { finding, millis: performance.now() - from };
}

/** Where the network looked. `accept` says as what. */
export function explain(file, name, version, choice, accept, signal) {
    const query = new URLSearchParams(choice);
    return ask(`${modelPath("explanations", name, version)}?${query}`, {
        method: "POST",
        body: file,
        headers: { accept, "content-type": "application/octet-stream" },
        signal,
    });
}

/** The file of a version in the server's store. */
export function storeFile(artifact, version, file) {
    return ask(`/store/${artifact}/${version}/${file}`);
}

/**
 * Does work that asks the server again when that is busy and says when to come again, and a few times when it does not
 * answer. `wait` is called before each pause.
 */
export async function patiently(work, signal, wait = () => {}) {
    let dials = 0;
    for (let waits = 0; ; waits++) {
        try {
            return await work();
        } catch (problem) {
            dials += problem.isGone ? 1 : 0;
            if (!(problem.isLater && waits < MOST_WAITS) && !(problem.isGone && dials < MOST_DIALS)) {
                throw problem;
            }
            wait();
            await pause(Math.max(SHORTEST_WAIT * (dials || 1), 1000 * (problem.retryAfter ?? 0)), signal);
        }
    }
}

function pause(millis, signal) {
    return new Promise((go, gone) => {
        const timer = setTimeout(go, millis);
        signal.addEventListener("abort", () => {
            clearTimeout(timer);
            gone(signal.reason);
        });
    });
}

/** Runs a few at a time; the others wait for their turn. */
export class Lanes {
    constructor(most) {
        this.free = most;
        this.waiting = [];
    }

    /** Runs work when a lane is free; what is urgent goes before the rest. */
    async run(work, isUrgent = false) {
        if (this.free === 0) {
            await new Promise((go) => (isUrgent ? this.waiting.unshift(go) : this.waiting.push(go)));
        } else {
            this.free -= 1;
        }
        try {
            return await work();
        } finally {
            const next = this.waiting.shift();
            if (next) {
                next();
            } else {
                this.free += 1;
            }
        }
    }
}

/** All that this page asks about pictures at once. */
export const lanes = new Lanes(2);
