// The texts that are edited: arguments by function, while the page is open, and contexts, as long as the browser keeps
// them.

import { argumentsSkeleton, contextPresets } from './skeletons.js';

const storageKey = 'cloud-functions.context';

/** The arguments that the user has typed, by the path of the function. */
export class ArgumentDrafts {
    #texts = new Map();

    /** Returns the text for a function: the typed one, or else a skeleton of the function's parameters. */
    text(func) {
        return this.#texts.get(func.path) ?? argumentsSkeleton(func.parameters);
    }

    /** Keeps a typed text. A text that is the skeleton changes with the parameters. */
    keep(func, text) {
        if (text === argumentsSkeleton(func.parameters)) this.#texts.delete(func.path);
        else this.#texts.set(func.path, text);
    }

    /** Discards the typed text. */
    forget(func) {
        this.#texts.delete(func.path);
    }
}

/** The chosen preset of the context, and the edited texts of the presets. */
export class ContextDrafts {
    #kept = read();

    get preset() {
        return this.#kept.preset in contextPresets ? this.#kept.preset : 'none';
    }

    set preset(name) {
        this.#kept.preset = name;
        this.#write();
    }

    /** The text of the chosen preset. */
    get text() {
        return this.#kept.texts[this.preset] ?? this.#skeleton;
    }

    set text(text) {
        if (text === this.#skeleton) delete this.#kept.texts[this.preset];
        else this.#kept.texts[this.preset] = text;
        this.#write();
    }

    /** Discards the typed text. */
    reset() {
        this.text = this.#skeleton;
    }

    get #skeleton() {
        return JSON.stringify(contextPresets[this.preset], null, 2);
    }

    #write() {
        try {
            localStorage.setItem(storageKey, JSON.stringify(this.#kept));
        } catch {
            // Without storage, the texts last as long as the page.
        }
    }
}

function read() {
    try {
        const kept = JSON.parse(localStorage.getItem(storageKey));
        if (typeof kept?.preset === 'string' && typeof kept.texts === 'object' && kept.texts) return kept;
    } catch {
        // Nothing usable was stored.
    }
    return { preset: 'none', texts: {} };
}
