// The texts being edited: arguments by function while the page is open, contexts as long as the browser keeps them.

import { argumentsSkeleton, contextPresets } from './skeletons.js';

const storageKey = 'cloud-functions.context';

/** Arguments as they were typed, by the function's path. */
export class ArgumentDrafts {
    #texts = new Map();

    /** The text for a function: what was typed, else a skeleton of its parameters. */
    text(func) {
        return this.#texts.get(func.path) ?? argumentsSkeleton(func.parameters);
    }

    /** Keeps what was typed; a text that is the skeleton follows the parameters when they change. */
    keep(func, text) {
        if (text === argumentsSkeleton(func.parameters)) this.#texts.delete(func.path);
        else this.#texts.set(func.path, text);
    }

    /** Takes back what was typed. */
    forget(func) {
        this.#texts.delete(func.path);
    }
}

/** The chosen context, and what was made of each preset. */
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

    /** Takes back what was typed. */
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
