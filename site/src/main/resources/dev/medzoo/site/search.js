// Looks for words in the sections of all pages, and lists those that have every one of them.

const root = document.body.dataset.root;
const field = document.querySelector("input[type=search]");
const found = document.getElementById("found");
const MOST = 20;
const AROUND = 80;
let sections;

async function all() {
    sections ??= (await fetch(`${root}search.json`)).json();
    return sections;
}

/** The words of a heading weigh more than those of a text. */
function score(section, words) {
    const heading = `${section.page} ${section.heading}`.toLowerCase();
    const text = section.text.toLowerCase();
    let sum = 0;
    for (const word of words) {
        const times = Math.min(5, text.split(word).length - 1) + (heading.includes(word) ? 10 : 0);
        if (times === 0) {
            return 0;
        }
        sum += times;
    }
    return sum;
}

function entry(section, word) {
    const link = document.createElement("a");
    link.href = root + section.address;
    link.textContent = section.heading === section.page ? section.page : `${section.page}: ${section.heading}`;
    const at = Math.max(0, section.text.toLowerCase().indexOf(word) - AROUND);
    const around = document.createElement("p");
    around.textContent = `${at > 0 ? "… " : ""}${section.text.slice(at, at + 3 * AROUND)} …`;
    const item = document.createElement("li");
    item.append(link, around);
    return item;
}

async function search() {
    const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
    found.hidden = words.length === 0;
    if (found.hidden) {
        return;
    }
    const best = (await all())
        .map((section) => ({ section, score: score(section, words) }))
        .filter((each) => each.score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST);
    const list = document.createElement("ol");
    list.append(...best.map((each) => entry(each.section, words[0])));
    found.replaceChildren(best.length > 0 ? list : "Nothing has all of these words.");
}

field.addEventListener("input", search);
field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
});
