// What `/metrics` says, from one look to the next.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;
const KEPT = 150;

/** Samples of Prometheus' text format, by name. */
export function parse(text) {
    const samples = new Map();
    for (const line of text.split("\n")) {
        const found = LINE.exec(line);
        if (found) {
            const labels = Object.fromEntries(Array.from((found[2] ?? "").matchAll(LABEL), ([, key, value]) => [key, value]));
            const value = found[3] === "+Inf" ? Infinity : Number(found[3]);
            samples.set(found[1], [...(samples.get(found[1]) ?? []), { labels, value }]);
        }
    }
    return samples;
}

function sum(samples, name, which = () => true) {
    return (samples.get(name) ?? []).filter(({ labels }) => which(labels)).reduce((total, { value }) => total + value, 0);
}

/** Upper bounds and counts of a histogram, over all its labels. */
function buckets(samples, name) {
    const all = new Map();
    for (const { labels, value } of samples.get(`${name}_bucket`) ?? []) {
        const bound = labels.le === "+Inf" ? Infinity : Number(labels.le);
        all.set(bound, (all.get(bound) ?? 0) + value);
    }
    return [...all].sort(([a], [b]) => a - b);
}

/** A quantile of what came between two looks, as Prometheus estimates it; null where nothing came. */
function quantile(share, now, before) {
    const earlier = new Map(before);
    const counts = now.map(([bound, count]) => [bound, count - (earlier.get(bound) ?? 0)]);
    const all = counts.at(-1)?.[1] ?? 0;
    if (all <= 0) {
        return null;
    }
    let [low, below] = [0, 0];
    for (const [bound, count] of counts) {
        if (count >= share * all) {
            return bound === Infinity ? low : low + ((bound - low) * (share * all - below)) / Math.max(1, count - below);
        }
        [low, below] = [bound, count];
    }
    return low;
}

/** The last minutes, a value a look. */
export class History {
    series = { answered: [], failed: [], refused: [], half: [], most: [], queue: [], workers: [] };
    #before = null;

    /** Takes a page of metrics that was read at a time in milliseconds. */
    add(text, at) {
        const samples = parse(text);
        const now = {
            at,
            answered: sum(samples, "medzoo_requests_total", ({ status }) => status.startsWith("2")),
            failed: sum(samples, "medzoo_http_requests_total", ({ status }) => status.startsWith("5")),
            refused: sum(samples, "medzoo_refusals_total"),
            buckets: buckets(samples, "medzoo_total_seconds"),
        };
        const before = this.#before;
        this.#before = now;
        const rate = (key) => (before ? Math.max(0, (1000 * (now[key] - before[key])) / (at - before.at)) : null);
        const millis = (share) => {
            const seconds = before ? quantile(share, now.buckets, before.buckets) : null;
            return seconds === null ? null : 1000 * seconds;
        };
        this.#push({
            answered: rate("answered"),
            failed: rate("failed"),
            refused: rate("refused"),
            half: millis(0.5),
            most: millis(0.95),
            queue: sum(samples, "medzoo_queue_depth"),
            workers: sum(samples, "medzoo_workers"),
        });
        return samples;
    }

    /** A look that the server did not answer leaves a gap. */
    gap() {
        this.#before = null;
        this.#push(Object.fromEntries(Object.keys(this.series).map((key) => [key, null])));
    }

    #push(values) {
        for (const [key, value] of Object.entries(values)) {
            this.series[key].push(value);
            this.series[key].splice(0, this.series[key].length - KEPT);
        }
    }
}
