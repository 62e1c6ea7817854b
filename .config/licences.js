// Lists the licences of the packages whose code is in the bundle, as they ask for.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes dist/THIRD-PARTY-LICENSES.txt. Fails for a package without a licence text. */
export function writeLicences(metafile, root) {
  const parts = packagesIn(metafile).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8'));
    return `${name} ${version} (${license})\n\n${licenceText(`${root}${folder}`)}\n`;
  });
  const head = 'chaportctl contains code of these packages.\n';
  writeFileSync(`${root}dist/THIRD-PARTY-LICENSES.txt`, [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`));
}

/** The folders of the packages that gave at least a byte to a file of the bundle. */
function packagesIn({ outputs }) {
  const folders = new Set();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [folder] = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
      if (folder && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders].sort();
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (!file || !existsSync(`${folder}/${file}`)) throw new Error(`${folder} has no licence text`);
  return readFileSync(`${folder}/${file}`, 'utf8').trim();
}
