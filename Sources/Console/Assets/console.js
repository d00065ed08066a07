// The dev console, which lets its user choose and call a function, and shows changes of the functions meanwhile.

import { createBackendComponentClient } from '/_/client.js';
import { ArgumentDrafts, ContextDrafts } from './drafts.js';
import { difference, followEvents } from './feed.js';
import { parse } from './json.js';
import { failureView, functionList, parameterTable, recentCall, resultView } from './views.js';

const part = (id) => document.getElementById(id);
const argumentDrafts = new ArgumentDrafts();
const contextDrafts = new ContextDrafts();
const mostRecentCalls = 20;

let functions = [];
/** The function whose page is shown, as it was when it last existed. */
let shown = null;
/** The number of calls so far, by which only the latest call shows its outcome on the page. */
let callCount = 0;

// MARK: Functions

const chosenPath = () => decodeURIComponent(location.hash.slice(1));

function showList() {
    const words = part('filter').value.toLowerCase().split(/\s+/);
    const matching = functions.filter(({ path, documentation }) =>
        words.every((word) => `${path} ${documentation}`.toLowerCase().includes(word)));
    const focused = document.activeElement?.dataset?.path;
    part('functions').replaceChildren(...functionList(matching, chosenPath()));
    if (focused) links().find((link) => link.dataset.path === focused)?.focus();
    part('functions-note').textContent = listNote(matching.length);
}

function listNote(count) {
    if (functions.length === 0) return 'No function is exposed yet: write @Exposed before one in the functions folder.';
    return count === 0 ? 'No function matches.' : '';
}

const links = () => [...part('functions').querySelectorAll('a')];

function showFunction() {
    const path = chosenPath();
    const found = functions.find((func) => func.path === path);
    const isOther = shown?.path !== path;
    part('function').hidden = !found && isOther;
    part('welcome').hidden = Boolean(found) || !isOther;
    part('welcome').textContent = path ? `There is no function ${path}.` : 'Choose a function.';
    part('function').classList.toggle('gone', !found);
    if (!found) return;
    if (isOther) part('result').replaceChildren();
    shown = found;
    part('function-path').textContent = found.path;
    part('function-place').textContent = `${found.file}:${found.line}`;
    part('function-documentation').textContent = found.documentation;
    part('parameters').replaceChildren(parameterTable(found.parameters));
    // Setting the text moves the cursor, so the text is set only if it differs.
    if (part('arguments').value !== argumentDrafts.text(found)) setArguments(argumentDrafts.text(found));
    document.title = `${found.path} – Cloud functions`;
}

function choose() {
    showList();
    showFunction();
    links().find((link) => link.ariaCurrent === 'true')?.scrollIntoView({ block: 'nearest' });
}

/** Moves the focus through the list and its filter. */
function moveInList(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && event.target === part('filter')) links()[0]?.click();
    if (!step) return;
    event.preventDefault();
    const stops = [part('filter'), ...links()];
    stops[stops.indexOf(document.activeElement) + step]?.focus();
}

// MARK: Editors

function setArguments(text) {
    part('arguments').value = text;
    showProblem('arguments', '');
}

function showContext() {
    part('preset').value = contextDrafts.preset;
    part('context').value = contextDrafts.text;
    showProblem('context', '');
}

function showProblem(editor, text) {
    part(`${editor}-problem`).textContent = text;
    part(editor).setAttribute('aria-invalid', String(text !== ''));
}

/** Returns the object in an editor, or shows what is wrong and returns null if there is none. */
function objectIn(editor) {
    const text = part(editor).value;
    try {
        const value = text.trim() === '' ? {} : parse(text);
        if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object: {…}');
        showProblem(editor, '');
        return value;
    } catch (error) {
        showProblem(editor, `This is no JSON object: ${error.message}`);
        part(editor).focus();
        return null;
    }
}

// MARK: Calls

async function call() {
    if (!shown) return;
    const args = objectIn('arguments');
    const context = args && objectIn('context');
    if (!context) return;
    const path = shown.path;
    const texts = { args: part('arguments').value, preset: contextDrafts.preset, context: contextDrafts.text };
    const number = (callCount += 1);
    part('result').setAttribute('aria-busy', 'true');
    const outcome = await outcomeOf(path, args, Object.keys(context).length > 0 ? context : undefined);
    remember({ ...outcome, ...texts });
    if (number !== callCount) return;
    part('result').removeAttribute('aria-busy');
    if (shown.path === path) part('result').replaceChildren(...resultView(outcome));
}

async function outcomeOf(path, args, context) {
    const client = createBackendComponentClient({ context });
    const at = new Date();
    const start = performance.now();
    const outcome = { path, at, error: null, response: undefined };
    try {
        outcome.response = (await client.call(path, args)).response;
    } catch (error) {
        Object.assign(outcome, { error, response: error.response });
    }
    return { ...outcome, milliseconds: performance.now() - start };
}

function remember(made) {
    const entry = recentCall(made);
    entry.firstChild.addEventListener('click', () => {
        contextDrafts.preset = made.preset;
        contextDrafts.text = made.context;
        showContext();
        const func = functions.find(({ path }) => path === made.path);
        if (func) argumentDrafts.keep(func, made.args);
        location.hash = made.path;
        choose();
        if (shown?.path === made.path) {
            setArguments(made.args);
            part('result').replaceChildren(...resultView(made));
        }
    });
    part('calls').prepend(entry);
    while (part('calls').children.length > mostRecentCalls) part('calls').lastChild.remove();
    part('calls-note').hidden = true;
}

// MARK: Events

function show(situation, event, before) {
    functions = situation.functions;
    const status = situation.isReachable ? situation.status : 'unreachable';
    part('status').dataset.status = status;
    part('status').textContent = statusText(status, situation);
    const news = newsText(situation, event, before);
    if (news) part('news').textContent = `${new Date().toLocaleTimeString('en-GB')}  ${news}`;
    showTrouble(situation);
    if (event === 'state' || event === 'reloaded') choose();
}

function statusText(status, { generation, functions }) {
    switch (status) {
        case 'building': return 'Building…';
        case 'build-failed': return 'The functions do not build';
        case 'unreachable': return 'The emulator is not reachable; trying again…';
        default:
            return `Generation ${generation} · ` +
                `${functions.length} ${functions.length === 1 ? 'function' : 'functions'}`;
    }
}

function newsText(situation, event, before) {
    switch (event) {
        case 'reloaded':
            if (situation.generation === before?.generation) return before.failure ? 'Fixed' : '';
            return ['Rebuilt', difference(before?.functions ?? [], situation.functions)].filter(Boolean).join('; ');
        case 'build-failed': return 'The build failed';
        case 'config-reloaded': return 'The configuration was read again';
        case 'config-failed': return 'The configuration is invalid';
        case 'unreachable': return 'The connection was lost';
        case 'state': return before && !before.isReachable ? 'Connected again' : '';
        default: return '';
    }
}

function showTrouble({ failure, configurationFailure }) {
    part('trouble').replaceChildren(...[failure, configurationFailure].filter(Boolean).map((trouble) => {
        const section = document.createElement('section');
        section.append(...failureView(trouble));
        return section;
    }));
}

// MARK: Wiring

part('filter').addEventListener('input', showList);
part('filter').closest('nav').addEventListener('keydown', moveInList);
part('arguments').addEventListener('input', () => {
    argumentDrafts.keep(shown, part('arguments').value);
    showProblem('arguments', '');
});
part('context').addEventListener('input', () => {
    contextDrafts.text = part('context').value;
    showProblem('context', '');
});
part('preset').addEventListener('change', () => {
    contextDrafts.preset = part('preset').value;
    showContext();
});
part('reset-arguments').addEventListener('click', () => {
    argumentDrafts.forget(shown);
    setArguments(argumentDrafts.text(shown));
});
part('reset-context').addEventListener('click', () => {
    contextDrafts.reset();
    showContext();
});
part('call').addEventListener('click', call);
document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        call();
    }
    const isTyping = event.target.matches('input, textarea, select');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        part('filter').focus();
    }
});
window.addEventListener('hashchange', choose);
showContext();
followEvents(show);
