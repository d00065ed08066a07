// Calls cloud functions from a web page.
//
//     import { createBackendComponentClient } from 'http://127.0.0.1:8020/_/client.js';
//     const client = createBackendComponentClient();
//     const { data } = await client.call('functions.example.greet', { name: 'Ada' });

/**
 * The options of a client, which apply to each of its calls.
 * @typedef {object} ClientOptions
 * @property {string | URL} [url] The address of the emulator; by default, the one that this module came from.
 * @property {object} [context] The context in which the functions run: `user`, `company`, `agent`, `asset`, ….
 * @property {object} [config] Values that replace those of `context_values.yaml`, at the top level.
 */

/**
 * The result of a call.
 * @typedef {object} CallResult
 * @property {{name: string, arguments: object}} call The call that this is the result of.
 * @property {any} data The value that the function returned.
 * @property {CallResponse} response Details of the response. The property is not enumerable.
 */

/**
 * @typedef {object} CallResponse
 * @property {number} status
 * @property {string} text The body as it was received.
 * @property {string | null} activationId
 * @property {number | null} generation The number of the build of the functions that ran.
 * @property {boolean} buildFailed Whether later changes to other files do not build.
 */

/**
 * The error of a call that has no result: an `Error` with the members of the emulator's error object.
 * @typedef {Error & {
 *   code: string,
 *   remedy?: string,
 *   location?: {file: string, line: number, column?: number},
 *   diagnostics?: object[],
 *   activationId?: string,
 *   status?: number,
 *   error?: object,
 *   call: {name: string, arguments: object},
 *   response?: CallResponse,
 * }} CallError
 */

/**
 * @typedef {object} BackendComponentClient
 * @property {(name: string, args?: object) => Promise<CallResult>} call Calls the function at a path; rejects with a
 *   {@link CallError}.
 * @property {() => void} destroy Aborts the calls in flight. Later calls are rejected.
 */

/**
 * Creates a client for the functions of one emulator.
 * @param {ClientOptions} [options]
 * @returns {BackendComponentClient}
 */
export function createBackendComponentClient({ url, context, config } = {}) {
    const target = new URL(url ?? '/', import.meta.url);
    const abortion = new AbortController();

    /** @param {string} name @param {object} [args] */
    async function call(name, args = {}) {
        const about = { name, arguments: args };
        if (abortion.signal.aborted) throw destroyed(about);
        let answer;
        let text;
        try {
            answer = await fetch(target, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                // Undefined members are left out.
                body: JSON.stringify({ ...about, context, config }),
                credentials: 'omit',
                cache: 'no-store',
                signal: abortion.signal,
            });
            text = await answer.text();
        } catch (cause) {
            throw abortion.signal.aborted ? destroyed(about) : unreachable(target, about, cause);
        }
        const response = {
            status: answer.status,
            text,
            activationId: answer.headers.get('Ingress-Activation-Id'),
            generation: Number(answer.headers.get('Ingress-Generation')) || null,
            buildFailed: answer.headers.get('Ingress-Build') === 'failed',
        };
        // As in the cloud, some failures have the status 200. The header then contains the failure's code.
        const code = answer.headers.get('Ingress-Error');
        const body = parsed(text);
        if (!answer.ok || code || !body) throw refused(about, response, code, body?.value);
        const result = { call: about, data: body.value };
        return Object.defineProperty(result, 'response', { value: response });
    }

    return { call, destroy: () => abortion.abort() };
}

/**
 * @typedef {object} StoredObject
 * @property {string} publicId
 * @property {string} name
 * @property {string} path
 * @property {number} size In bytes.
 * @property {string} contentType
 * @property {string} createdOn ISO 8601.
 * @property {string} changedOn ISO 8601.
 * @property {{publicId: string | null, type: 'Asset' | 'Agent'}} [resource] The resource that the object belongs to, in
 *   lists.
 */

/**
 * @typedef {object} ObjectStorageClient
 * @property {() => Promise<{entries: StoredObject[]}>} getList
 * @property {(file: File | Blob, name?: string) => Promise<StoredObject>} store Stores a file, under its own name
 *   unless another is given.
 * @property {(publicId: string) => Promise<Blob>} download
 * @property {(publicId: string, file: File | Blob, name?: string) => Promise<StoredObject>} update
 * @property {(publicId: string) => Promise<void>} remove
 * @property {() => void} destroy Aborts the requests in flight. Later requests are rejected.
 */

/**
 * Creates a client for the objects that the functions of `ayayot/objectstorage_v1.swift` allow. Requests that fail are
 * rejected with a {@link CallError}.
 * @param {ClientOptions} [options]
 * @returns {ObjectStorageClient}
 */
export function createObjectStorageClient({ url, context } = {}) {
    const target = new URL(url ?? '/', import.meta.url);
    const abortion = new AbortController();

    async function send(method, path, { body, name } = {}) {
        const about = { name: `${method} /_/objects${path}`, arguments: {} };
        if (abortion.signal.aborted) throw destroyed(about);
        const address = new URL(`/_/objects${path}`, target);
        if (name !== undefined) address.searchParams.set('name', name);
        const headers = context ? { 'Ingress-Context': ascii(JSON.stringify(context)) } : {};
        if (body?.type) headers['Content-Type'] = body.type;
        let answer;
        let content;
        try {
            answer = await fetch(address, {
                method, headers, body, credentials: 'omit', cache: 'no-store', signal: abortion.signal,
            });
            content = await answer.blob();
        } catch (cause) {
            throw abortion.signal.aborted ? destroyed(about) : unreachable(target, about, cause);
        }
        if (answer.ok) return content;
        const text = await content.text();
        const response = { status: answer.status, text, activationId: answer.headers.get('Ingress-Activation-Id') };
        throw refused(about, response, answer.headers.get('Ingress-Error'), parsed(text)?.value);
    }

    const json = async (content) => JSON.parse(await (await content).text());
    const one = (publicId) => `/${encodeURIComponent(publicId)}`;

    return {
        getList: () => json(send('GET', '')),
        store: (file, name = file.name ?? 'file') => json(send('POST', '', { body: file, name })),
        download: (publicId) => send('GET', one(publicId)),
        update: (publicId, file, name = file.name) => json(send('PUT', one(publicId), { body: file, name })),
        remove: async (publicId) => { await send('DELETE', one(publicId)); },
        destroy: () => abortion.abort(),
    };
}

/** Returns JSON in ASCII, as a header can contain it. */
function ascii(json) {
    return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @returns {{value: any} | undefined} undefined if the text is not JSON. */
function parsed(text) {
    try {
        return { value: JSON.parse(text) };
    } catch {
        return undefined;
    }
}

/** @returns {CallError} */
function failure(message, members, cause) {
    const error = new Error(message, cause && { cause });
    const { message: _, name: __, stack: ___, ...rest } = members;
    return Object.assign(error, rest);
}

function refused(call, response, code, body) {
    const error = body?.error ?? {};
    const message =
        error.message ?? (typeof body === 'string' ? body : `The emulator answered with status ${response.status}`);
    return failure(message, {
        code: code ?? 'invalid-response',
        ...(response.activationId && { activationId: response.activationId }),
        ...error,
        error: body?.error ?? { code: code ?? 'invalid-response', message },
        status: response.status,
        call,
        response,
    });
}

function unreachable(target, call, cause) {
    const message = `The emulator at ${target.origin} is not reachable`;
    const remedy = 'Start it (make run). ' +
        `When it runs, it does not allow pages of ${globalThis.origin}: see --allow-origin.`;
    return failure(message, { code: 'unreachable', remedy, call }, cause);
}

function destroyed(call) {
    return failure('The client was destroyed', { code: 'client-destroyed', call });
}
