// Puts the library, the checker and the command into a file each. Loading them file by file would take three times as long, and
// every `cdk8s synth` waits for that. The checker, which is most of it, is loaded only when something is judged. Type declarations
// stay as they are.
import { createRequire } from 'node:module';
import { appendFileSync, chmodSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const LIB = fileURLToPath(new URL('../lib', import.meta.url));
const LIBRARY = resolve(LIB, 'index.js');
const CHECKER = resolve(LIB, 'checker.js');
const COMMAND = resolve(LIB, 'cli/main.js');

// Functions that are the only way from the library and the command into the checker, by their modules
const DOORS = {
  'rules/engine/check': ['check'],
  'rules/report': ['render'],
  'rules/suppression-checks': ['isDay', 'isRulePattern', 'meantRule'],
  'plugin/validation': ['readProperties', 'validate'],
  'cli/check': ['check'],
};
// What is behind the doors, and in the checker only
const BEHIND = 'lib/rules/rooms.ts';
// What the checker takes from cdk8s, which most manifests do not need
const RARELY_USED = ['Names', 'Size', 'SizeRoundingBehavior'];
const FROM_THE_PARSER = ['EVENT_ID', 'SCALAR_STYLE', 'YAMLException', 'getScalarValue', 'parseEvents'];

const SETTINGS = {
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // a text of a megabyte takes twice the memory where one character is not of Latin-1
  charset: 'ascii',
  external: ['cdk8s', 'cdk8s-plus-27', 'constructs'],
  // which some packages make a `require` of
  define: { 'import.meta.url': '__filename' },
  logLevel: 'warning',
  metafile: true,
};

// Puts functions that load the checker in the place of those that are in it
const doorsOf = file => ({
  name: 'doors',
  setup(plugin) {
    const checker = `./${relative(dirname(file), CHECKER)}`.replace('./..', '..');
    plugin.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const module = relative(LIB, resolve(resolveDir, path));
      return Object.hasOwn(DOORS, module) ? { path: module, namespace: 'doors' } : undefined;
    });
    plugin.onResolve({ filter: /checker\.js$/, namespace: 'doors' }, () => ({ path: checker, external: true }));
    plugin.onLoad({ filter: /.*/, namespace: 'doors' }, ({ path }) => ({
      contents: DOORS[path].map(name => `export const ${name} = (...args) => require('checker.js').${doorName(path, name)}(...args);`).join('\n'),
    }));
  },
});

// Loads cdk8s when it is used, and of the YAML parser takes nothing but what is used
const partsOfPackages = {
  name: 'parts-of-packages',
  setup(plugin) {
    plugin.onResolve({ filter: /^(cdk8s|js-yaml)$/ }, ({ path, namespace }) =>
      namespace === 'parts' ? undefined : { path, namespace: 'parts' });
    plugin.onLoad({ filter: /^js-yaml$/, namespace: 'parts' }, () => ({
      contents: `export { ${FROM_THE_PARSER.join(', ')} } from ${JSON.stringify(fileURLToPath(import.meta.resolve('js-yaml')))};`,
      resolveDir: LIB,
    }));
    plugin.onLoad({ filter: /^cdk8s$/, namespace: 'parts' }, () => ({
      contents: RARELY_USED
        .map(name => `export const ${name} = new Proxy({}, { get: (_, member) => require('cdk8s').${name}[member] });`).join('\n'),
    }));
  },
};

function doorName(module, name) {
  return `${module}/${name}`.replaceAll(/\W/g, '_');
}

function refuse(metafile, input, why) {
  if (Object.hasOwn(metafile.inputs, input)) throw new Error(`.build/bundle: ${input} ${why}`);
}

const doors = Object.entries(DOORS)
  .map(([module, names]) => `export { ${names.map(name => `${name} as ${doorName(module, name)}`).join(', ')} } from './${module}';`);

await build({
  ...SETTINGS, stdin: { contents: doors.join('\n'), resolveDir: LIB, sourcefile: 'checker.ts' }, outfile: CHECKER, plugins: [partsOfPackages],
});
for (const file of [COMMAND, LIBRARY]) {
  const { metafile } = await build({ ...SETTINGS, entryPoints: [file], outfile: file, plugins: [doorsOf(file)] });
  refuse(metafile, BEHIND, 'is imported past the doors to the checker');
}
chmodSync(COMMAND, 0o755);

// Node finds the names that ES modules may import by reading the file, not by running it
const names = Object.keys(createRequire(import.meta.url)(LIBRARY)).sort();
appendFileSync(LIBRARY, `\n0 && (module.exports = { ${names.join(', ')} });\n`);
