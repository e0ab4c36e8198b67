// Light, dark, or as the system has it. The choice stays in this browser.

const KEY = "medzoo-theme";

function apply(theme) {
    if (theme === "system") {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = theme;
    }
}

/** Makes a `select` the switch. */
export function switchTheme(select) {
    select.value = localStorage.getItem(KEY) ?? "system";
    apply(select.value);
    select.addEventListener("change", () => {
        localStorage.setItem(KEY, select.value);
        apply(select.value);
    });
}
