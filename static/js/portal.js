/* Niceties only: every page works without this file. */
"use strict";

(() => {
    const forms = document.querySelectorAll("form[data-form]");
    const words = document.body.dataset;

    /* --- Where the eye should be ------------------------------------------ */

    document.querySelector("[data-focus]")?.focus();

    document.addEventListener("click", (event) => {
        for (const menu of document.querySelectorAll(".menu[open]")) {
            if (!menu.contains(event.target)) menu.open = false;
        }
    });

    document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const menu of document.querySelectorAll(".menu[open]")) {
            menu.open = false;
            menu.querySelector("summary").focus();
        }
    });

    /* --- Send once; do not lose what was typed ----------------------------- */

    const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

    for (const form of forms) {
        // After "Back" browsers fill in the old text; the form's number belongs to it.
        const number = form.querySelector("[name=client_uuid]");
        if (number && cameBack && history.state?.form === form.action) {
            number.value = history.state.number;
        }
        let touched = false;
        form.addEventListener("input", () => { touched = true; });
        form.addEventListener("submit", (event) => {
            if (form.dataset.sent) {
                event.preventDefault();
                return;
            }
            form.dataset.sent = "yes";
            if (number) history.replaceState({ form: form.action, number: number.value }, "");
            touched = false;
            const button = event.submitter;
            if (button?.classList.contains("btn-primary")) {
                form.dataset.said = button.textContent;
                button.textContent = words.sending;
            }
            button?.setAttribute("aria-disabled", "true");
        });
        window.addEventListener("beforeunload", (event) => {
            if (touched && !form.dataset.keepDraft) event.preventDefault();
        });
    }

    // Back from the next page: the button works again.
    window.addEventListener("pageshow", () => {
        for (const form of forms) {
            if (!form.dataset.sent) continue;
            delete form.dataset.sent;
            const button = form.querySelector("[aria-disabled]");
            button?.removeAttribute("aria-disabled");
            if (button && form.dataset.said) button.textContent = form.dataset.said;
        }
    });

    /* --- A draft on this device (figures only; the page decides by its key) -- */

    const WEEK = 7 * 24 * 60 * 60 * 1000;
    const names = (form) => [...form.elements].filter((field) =>
        field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type));

    const read = (key) => {
        try {
            const draft = JSON.parse(localStorage.getItem(key));
            return draft && Date.now() - draft.at < WEEK ? draft : null;
        } catch {
            return null;
        }
    };

    const write = (key, form) => {
        const values = names(form).map((field) =>
            [field.name, field.value, ["radio", "checkbox"].includes(field.type) ? field.checked : null]);
        try {
            localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
        } catch {
            // A full or closed storage only means: no draft.
        }
    };

    const restore = (form, draft) => {
        let changed = false;
        for (const [name, value, checked] of draft.values) {
            for (const field of names(form).filter((one) => one.name === name)) {
                if (checked === null && field.value !== value) {
                    field.value = value;
                    changed = true;
                } else if (checked !== null && field.value === value && field.checked !== checked) {
                    field.checked = checked;
                    changed = true;
                }
            }
        }
        return changed;
    };

    const showNotice = (form, key) => {
        const note = document.createElement("p");
        note.className = "message";
        note.setAttribute("role", "status");
        note.append(words.draftKept + " ");
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "btn btn-link btn-small";
        drop.textContent = words.draftDrop;
        drop.addEventListener("click", () => {
            localStorage.removeItem(key);
            form.reset();
            note.remove();
        });
        note.append(drop);
        form.prepend(note);
    };

    for (const form of document.querySelectorAll("form[data-keep-draft]")) {
        const key = `draft:${form.dataset.keepDraft}`;
        const draft = read(key);
        const answered = document.querySelector(".error-summary");
        if (draft && !answered && restore(form, draft)) showNotice(form, key);
        let waiting = 0;
        form.addEventListener("input", () => {
            clearTimeout(waiting);
            waiting = setTimeout(() => write(key, form), 600);
        });
    }

    // The page that confirms a sending names the draft that is no longer needed.
    for (const sent of document.querySelectorAll("[data-drop-draft]")) {
        localStorage.removeItem(`draft:${sent.dataset.dropDraft}`);
    }

    /* --- Photos are made smaller before they travel -------------------------- */

    const LONGEST = 1600;

    const smaller = async (file) => {
        const picture = await createImageBitmap(file);
        const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.8); });
        if (!blob || blob.size >= file.size) return file;
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    };

    for (const field of document.querySelectorAll("input[type=file][data-shrink-image]")) {
        field.addEventListener("change", async () => {
            const file = field.files[0];
            if (field.files.length !== 1 || !["image/jpeg", "image/png"].includes(file.type)) return;
            if (file.size < 400000 || !window.createImageBitmap || !window.DataTransfer) return;
            try {
                const box = new DataTransfer();
                box.items.add(await smaller(file));
                field.files = box.files;
            } catch {
                // The server takes the picture as it is.
            }
        });
    }
})();
