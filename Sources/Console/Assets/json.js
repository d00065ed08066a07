// JSON as text. Numbers that are typed and shown keep their digits, which JavaScript's values would not.

/** Parses JSON, so that numbers are written again with the same digits if the browser supports that. */
export function parse(text) {
    if (!JSON.rawJSON) return JSON.parse(text);
    return JSON.parse(text, (_, value, context) =>
        typeof value === 'number' && context?.source ? JSON.rawJSON(context.source) : value,
    );
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Breaks valid JSON into indented lines and changes nothing else. */
export function format(text) {
    const parts = text.match(tokens) ?? [];
    let lines = '';
    let depth = 0;
    const newLine = () => '\n' + '  '.repeat(depth);
    parts.forEach((part, index) => {
        if (part === '{' || part === '[') {
            const isEmpty = parts[index + 1] === '}' || parts[index + 1] === ']';
            depth += 1;
            lines += isEmpty ? part : part + newLine();
        } else if (part === '}' || part === ']') {
            depth -= 1;
            const isEmpty = parts[index - 1] === '{' || parts[index - 1] === '[';
            lines += isEmpty ? part : newLine() + part;
        } else if (part === ',') {
            lines += part + newLine();
        } else {
            lines += part === ':' ? ': ' : part;
        }
    });
    return lines;
}
