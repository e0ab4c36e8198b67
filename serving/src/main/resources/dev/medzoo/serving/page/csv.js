// The table of many pictures as CSV (RFC 4180).

/** One line a picture, with the probability of every class. */
export function csvOf(pictures) {
    const labels = new Set(pictures.flatMap((each) => Object.keys(each.finding?.probabilities ?? {})));
    const sorted = [...labels].sort();
    const head = ["file", "model", "version", "digest", "unlike_training", "unlikeness", "abstained", "label", "probability", "set", "milliseconds", "problem",
        ...sorted.map((label) => `p_${label}`), "notice"];
    return [head, ...pictures.map((each) => line(each, sorted))].map((fields) => fields.map(quoted).join(",") + "\r\n").join("");
}

function line({ name, finding, millis, problem }, labels) {
    if (!finding) {
        return [name, "", "", "", "", "", "", "", "", "", "", problem?.message ?? "not asked yet", ...labels.map(() => ""), ""];
    }
    return [
        name,
        finding.model,
        finding.version,
        finding.digest,
        finding.outOfDistribution?.beyond ?? "",
        finding.outOfDistribution?.score ?? "",
        finding.abstained,
        finding.label,
        finding.probability,
        finding.set?.labels.join(" ") ?? "",
        Math.round(millis),
        "",
        ...labels.map((label) => finding.probabilities[label] ?? ""),
        finding.notice,
    ];
}

/** A spreadsheet takes what begins like a formula for one. */
function quoted(field) {
    const text = String(field);
    const safe = typeof field === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
