// The elements that the console shows. All text is inserted as text, because it may contain anything.

import { format } from './json.js';

/** Returns an element with attributes and children. Children that are undefined, null or empty are left out. */
export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ''));
    return made;
}

/** Returns the functions as links, under a heading for each file. */
export function functionList(functions, chosen) {
    const files = Map.groupBy(functions, (func) => func.path.slice(0, func.path.lastIndexOf('.')));
    return [...files].map(([file, members]) =>
        element('li', {}, element('span', { class: 'file' }, file.replace(/^functions\./, '')),
            element('ul', {}, ...members.map((func) => element('li', {}, functionLink(func, chosen))))),
    );
}

function functionLink(func, chosen) {
    const name = func.path.slice(func.path.lastIndexOf('.') + 1);
    const attributes = {
        href: `#${func.path}`,
        title: func.path,
        'data-path': func.path,
        'aria-current': func.path === chosen ? 'true' : undefined,
    };
    return element('a', attributes, name);
}

/** Returns the parameters of a function as a table. */
export function parameterTable(parameters) {
    if (parameters.length === 0) return element('p', { class: 'quiet' }, 'Takes no arguments.');
    const isDocumented = parameters.some((parameter) => parameter.documentation);
    const row = (parameter) =>
        element('tr', {},
            element('th', { scope: 'row' }, parameter.name),
            element('td', {}, element('code', {}, parameter.type)),
            element('td', {}, need(parameter)),
            isDocumented ? element('td', {}, parameter.documentation ?? '') : null);
    const headings = ['Parameter', 'Type', 'Default', ...(isDocumented ? ['Meaning'] : [])];
    return element('table', {},
        element('thead', {}, element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, text)))),
        element('tbody', {}, ...parameters.map(row)));
}

function need(parameter) {
    if (parameter.catchAll) return element('span', { class: 'quiet' }, 'takes all arguments');
    if ('default' in parameter) return element('code', {}, parameter.default);
    const isOptional = parameter.type.endsWith('?') || parameter.type.startsWith('Optional<');
    return element('span', { class: 'quiet' }, isOptional ? 'optional' : 'required');
}

const longestResult = 200_000;

/** Returns the view of a call's outcome: facts about it, and its result or error. */
export function resultView(outcome) {
    const { error, response, milliseconds } = outcome;
    const facts = element('p', { class: 'facts' },
        fact(error ? 'failed' : 'ok', error ? 'mark bad' : 'mark good'), fact(duration(milliseconds)),
        response?.generation ? fact(`generation ${response.generation}`) : null,
        response?.buildFailed ? fact('other files do not build', 'mark bad') : null,
        response?.activationId
            ? element('span', {}, 'activation ', element('code', { class: 'activation' }, response.activationId))
            : null);
    return [facts, ...(error ? failureView(error) : valueView(response.text))];
}

function valueView(text) {
    const lines = format(text);
    const rest = lines.length - longestResult;
    return [
        element('pre', { class: 'value', tabindex: '0', 'aria-label': 'Returned value' },
            lines.slice(0, longestResult)),
        rest > 0 ? element('p', { class: 'quiet' }, `${rest.toLocaleString()} more characters are not shown.`) : null,
    ].filter(Boolean);
}

const fact = (text, style) => element('span', { class: style }, text);

/** Returns the view of an error object: its message, its place and its remedy. */
export function failureView(failure) {
    const diagnostics = failure.diagnostics ?? [];
    const shown = diagnostics.slice(0, 3);
    const rest = diagnostics.length - shown.length;
    return [
        element('p', { class: 'message' }, element('code', { class: 'code' }, failure.code), ' ', summary(failure)),
        failure.location && diagnostics.length === 0
            ? diagnosticView({ ...failure, ...failure.location, message: '' })
            : null,
        ...shown.map(diagnosticView),
        rest > 0
            ? element('p', { class: 'quiet' }, `${rest} more ${rest === 1 ? 'diagnostic' : 'diagnostics'}.`)
            : null,
        failure.output ? element('pre', {}, failure.output) : null,
        failure.remedy ? element('p', { class: 'remedy' }, failure.remedy) : null,
    ].filter(Boolean);
}

/** Returns the message without the first diagnostic, which is shown separately. */
function summary({ message, diagnostics = [] }) {
    const end = diagnostics.length > 0 ? message.indexOf(`. ${place(diagnostics[0])}`) : -1;
    return end > 0 ? message.slice(0, end) : message;
}

const place = ({ file, line, column }) => [file, line, column].filter((part) => part !== undefined).join(':');
const duration = (milliseconds) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

function diagnosticView(diagnostic) {
    const { message, severity, sourceLine, column, notes = [] } = diagnostic;
    return element('div', { class: 'diagnostic' },
        element('p', {}, diagnostic.file ? element('span', { class: 'place' }, place(diagnostic)) : null, ' ',
            message ? element('span', {}, `${severity}: ${message}`) : null),
        sourceLine ? element('pre', { class: 'source' }, `${sourceLine}\n${caret(sourceLine, column)}`) : null,
        ...notes.map((note) => element('p', { class: 'note' },
            note.place ? element('span', { class: 'place' }, note.place) : null, ` note: ${note.message}`)));
}

/** Returns a line with a caret below a column, which counts bytes of UTF-8 from 1. */
function caret(sourceLine, column) {
    if (!column) return '';
    const before = new TextDecoder().decode(new TextEncoder().encode(sourceLine).slice(0, column - 1));
    return `${before.replace(/[^\t]/gu, ' ')}^`;
}

/** Returns a recent call as a button that takes it up again. */
export function recentCall({ path, error, milliseconds, at }) {
    return element('li', {},
        element('button', { type: 'button', class: 'recent', title: `${path}: take up these arguments again` },
            element('time', { datetime: at.toISOString() }, at.toLocaleTimeString('en-GB')),
            element('span', { class: 'path' }, path.split('.').slice(-2).join('.')),
            element('span', { class: error ? 'mark bad' : 'mark good' }, error ? error.code : 'ok'),
            element('span', { class: 'duration' }, duration(milliseconds))));
}
