// The events that the emulator sends while the page is open, and the situation that results from them.

const names = ['state', 'build-started', 'build-failed', 'reloaded', 'config-reloaded', 'config-failed'];
const retryMilliseconds = 1000;

/**
 * The state of the emulator and its functions.
 * @typedef {object} Situation
 * @property {boolean} isReachable
 * @property {'building' | 'ok' | 'build-failed'} status
 * @property {number} generation
 * @property {object[]} functions
 * @property {object | null} failure The failure of the build, if the functions do not build.
 * @property {object | null} configurationFailure
 */

/**
 * Listens to the emulator while the page is visible, and connects again whenever the connection is lost.
 * @param {(situation: Situation, event: string, before: Situation | null) => void} changed Called after each event;
 *   the event `unreachable` is the feed's own.
 */
export function followEvents(changed) {
    let situation = null;
    let source = null;
    let retry = null;

    function update(event, members) {
        const before = situation;
        situation = { ...(situation ?? nothing), ...members };
        changed(situation, event, before);
    }

    function connect() {
        clearTimeout(retry);
        source?.close();
        source = new EventSource('/_/events');
        for (const name of names) {
            source.addEventListener(name, (event) => update(name, meaning(name, JSON.parse(event.data))));
        }
        source.addEventListener('error', () => {
            if (situation?.isReachable !== false) update('unreachable', { isReachable: false });
            // A browser connects again by itself only if the connection was lost, not if it was refused.
            if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, retryMilliseconds);
        });
    }

    // A browser has six connections for all pages of an origin, so a page that is not visible gives its own up.
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') return connect();
        clearTimeout(retry);
        source?.close();
    });
    connect();
}

const nothing = {
    isReachable: true,
    status: 'building',
    generation: 0,
    functions: [],
    failure: null,
    configurationFailure: null,
};

/** Returns the changes that an event makes to the situation. */
function meaning(name, data) {
    switch (name) {
        case 'state': return { ...nothing, ...data };
        case 'build-started': return { status: 'building' };
        case 'build-failed': return { status: 'build-failed', failure: data };
        case 'reloaded': return { ...data, status: 'ok', failure: null };
        case 'config-failed': return { configurationFailure: data };
        default: return { configurationFailure: null };
    }
}

/** Returns the differences between two lists of functions, in words. */
export function difference(before, after) {
    const old = new Map(before.map((func) => [func.path, signature(func)]));
    const now = new Map(after.map((func) => [func.path, signature(func)]));
    const added = [...now.keys()].filter((path) => !old.has(path));
    const removed = [...old.keys()].filter((path) => !now.has(path));
    const changed = [...now.keys()].filter((path) => old.has(path) && old.get(path) !== now.get(path));
    const parts = [
        [added, 'new'],
        [removed, 'gone'],
        [changed, 'changed parameters'],
    ].filter(([paths]) => paths.length > 0);
    return parts.map(([paths, word]) => `${word}: ${paths.slice(0, 3).join(', ')}${more(paths.length - 3)}`).join('; ');
}

const more = (count) => (count > 0 ? ` and ${count} more` : '');
const signature = (func) => JSON.stringify([func.parameters, func.documentation]);
