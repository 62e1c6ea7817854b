import satisfies from 'semver/functions/satisfies.js';
import { realOf } from '../../model/text.ts';
import { VERSION } from '../../model/version.ts';
import type { Complaints } from '../complaints.ts';
import { describeValue } from '../schema/complaints-from-issues.ts';
import type { FileSections } from '../schema/read-sections.ts';

/** Every file that asks for a version of this program gets it. */
export function checkRequiredVersions(files: readonly FileSections[], complaints: Complaints): void {
  for (const { head } of files) {
    const range = head.keys.requiredVersion;
    if (range === undefined || satisfies(VERSION, realOf(range), { includePrerelease: true })) continue;
    complaints.add({
      code: 'required-version',
      message: `this file is for chaportctl ${describeValue(range, head.located.secrets)}, and this is chaportctl ${VERSION}`,
      hint: 'install a version that the range allows, or change the range',
      place: head.placeOf('requiredVersion'),
    });
  }
}
