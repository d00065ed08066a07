// The initial texts of the editors.

/** Returns the arguments of a function as JSON text, with defaults, or with empty values by type. */
export function argumentsSkeleton(parameters) {
    const members = [];
    for (const parameter of parameters) {
        if (parameter.catchAll) continue;
        const value = 'default' in parameter ? literal(parameter.default) : emptyValue(parameter.type);
        // A default that JSON cannot express is best left to the function.
        if (value !== undefined) members.push(`  ${JSON.stringify(parameter.name)}: ${JSON.stringify(value)}`);
    }
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n}`;
}

/** Returns the value of a Swift literal, or undefined if it is not a simple one. */
export function literal(text) {
    const source = text.trim();
    if (source === 'nil') return null;
    if (source === '[:]') return {};
    if (/^\.[A-Za-z_]\w*$/.test(source)) return source.slice(1);
    if (/^-?\d[\d_]*(\.\d[\d_]*)?([eE][-+]?\d+)?$/.test(source)) return Number(source.replaceAll('_', ''));
    try {
        return JSON.parse(source);
    } catch {
        return undefined;
    }
}

function emptyValue(type) {
    const name = type.trim();
    if (name.endsWith('?') || name.startsWith('Optional<')) return null;
    if (/^U?Int(8|16|32|64)?$|^(Double|Float|Decimal)$/.test(name)) return 0;
    if (name === 'String') return '';
    if (name === 'Bool') return false;
    if (name === 'JSONObject' || /^\[[^[\]]+:.+\]$/.test(name)) return {};
    if (name.startsWith('[') || /^(Array|Set)</.test(name)) return [];
    return name === 'JSONValue' ? null : {};
}

const resource = (publicId, name) => ({ publicId, name, custom: {} });
const permitted = (publicId, name) => ({ ...resource(publicId, name), permissions: [] });
const user = resource('user00000001', 'Ada Lovelace');
const company = permitted('company00001', 'Example Company');

/** The contexts to choose from, by name. The first is the initial choice. */
export const contextPresets = {
    none: {},
    'user-company': { user, company },
    'user-company-agent': { user, company, agent: permitted('agent0000001', 'Example Agent') },
    'user-company-asset': { user, company, asset: permitted('asset0000001', 'Example Asset') },
};
