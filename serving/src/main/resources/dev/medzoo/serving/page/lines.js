// The lines that give the same answer outside of a browser.

import { modelPath, token } from "./api.js";
import { el, freshId } from "./dom.js";

const ACCEPT = "application/vnd.medzoo.finding+json";

/** As `[language, text]`. */
export function linesFor(file, name, version) {
    const url = `${location.origin}${modelPath("predictions", name, version)}`;
    const hasToken = token.get() !== "";
    return [
        ["curl", curl(url, file, hasToken)],
        ["Python", python(url, file, hasToken)],
        ["Java", java(url, file, hasToken)],
    ];
}

function curl(url, file, hasToken) {
    const bearer = hasToken ? ` \\\n    -H "Authorization: Bearer $MEDZOO_TOKEN"` : "";
    return `curl --data-binary @${shell(file)} -H 'Accept: ${ACCEPT}'${bearer} \\\n    ${shell(url)}`;
}

function python(url, file, hasToken) {
    const bearer = hasToken ? `, "Authorization": "Bearer " + os.environ["MEDZOO_TOKEN"]` : "";
    return [
        `import json, ${hasToken ? "os, " : ""}urllib.request`,
        ``,
        `picture = open(${JSON.stringify(file)}, "rb").read()`,
        `headers = {"Accept": "${ACCEPT}", "Content-Type": "application/octet-stream"${bearer}}`,
        `request = urllib.request.Request(${JSON.stringify(url)}, picture, headers)`,
        `finding = json.load(urllib.request.urlopen(request))`,
        `print(finding["label"], finding["probability"], finding["notice"])`,
    ].join("\n");
}

function java(url, file, hasToken) {
    return [
        `import java.net.URI;`,
        `import java.net.http.*;`,
        `import java.nio.file.Path;`,
        ``,
        `class Ask {`,
        `    public static void main(String[] arguments) throws Exception {`,
        `        var request = HttpRequest.newBuilder(URI.create(${JSON.stringify(url)}))`,
        `                .header("Accept", "${ACCEPT}")`,
        ...(hasToken ? [`                .header("Authorization", "Bearer " + System.getenv("MEDZOO_TOKEN"))`] : []),
        `                .POST(HttpRequest.BodyPublishers.ofFile(Path.of(${JSON.stringify(file)})))`,
        `                .build();`,
        `        var finding = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());`,
        `        System.out.println(finding.body());`,
        `    }`,
        `}`,
    ].join("\n");
}

function shell(text) {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A part of the page with the lines of each language, and a button that copies them. */
export function linesPanel(file, name, version) {
    const body = linesFor(file, name, version).map(([language, text]) => {
        const said = el("span", { role: "status", class: "quiet" });
        const code = el("code", {}, text);
        const copy = async () => {
            try {
                await navigator.clipboard.writeText(text);
                said.textContent = "Copied.";
            } catch {
                getSelection().selectAllChildren(code);
                said.textContent = "Selected; copy it with the keyboard.";
            }
        };
        const id = freshId("lines");
        return el("div", { class: "lines" },
            el("div", { class: "row" },
                el("h3", { id }, language),
                el("button", { onclick: copy, "aria-label": `Copy the lines for ${language}` }, "Copy"),
                said),
            el("pre", { tabIndex: 0, role: "region", "aria-labelledby": id }, code));
    });
    return el("details", {}, el("summary", {}, "The same answer with curl, Python, Java"), body);
}
