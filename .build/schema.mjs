// Makes the tables of lib/rules/schema/tables, from which shapes are checked. `npm run build` runs it; what it makes is committed,
// and test/rules/schema/tables.test.ts compares. With a folder it writes them there.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { coreTables } from './schema/core.mjs';
import { customTables } from './schema/custom.mjs';

const [folder] = process.argv.slice(2);
const TABLES = folder ? pathToFileURL(`${folder}/`) : new URL('../lib/rules/schema/tables/', import.meta.url);

const core = coreTables();
write('core.ts', `
/** \`apiVersion kind type\` */
export const CORE_KINDS = ${text(core.kinds)};

/**
 * \`type field:code …\`. A code is the name of a type, or s string, b boolean, i int32, l int64, q quantity, x number or string,
 * y base64, t time, o object, a anything; after \`[\` in a list, after \`{\` in a map. \`>34\` since 1.34, \`<30\` until 1.30.
 */
export const CORE_TYPES = ${text(core.types)};
`);

const custom = customTables();
write('custom.ts', `
/** \`apiVersion kind line\`: a line of the schemas, from 0 */
export const CUSTOM_KINDS = ${text(custom.kinds)};

/**
 * A schema each. t type: a letter as for the core kinds, and n integer, f number, a list, o object, * anything; p properties, ap
 * further properties, i items: a type by its letter, or the number of a line; r required, e enum, m pattern, d default, z nullable,
 * k keys of a list that is a map, none for a set; u keeps unknown fields, v rules.
 */
export const CUSTOM_SCHEMAS = ${text(custom.schemas)};
`);

/** Lines between backticks, as they are. */
function text(lines) {
  const joined = lines.join('\n');
  if (/`|\$\{/.test(joined)) throw new Error('.build/schema: a line would end the text');
  return `String.raw\`\n${joined}\n\``;
}

function write(name, content) {
  writeFileSync(new URL(name, TABLES), `// Made by .build/schema.mjs.\n/* eslint max-lines: off */\n${content}`);
}
