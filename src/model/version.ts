import manifest from '../../package.json' with { type: 'json' };

/** The version of this program, as in its package manifest. */
export const VERSION: string = manifest.version;

/** Where faults of this program are reported. */
export const REPORT_TO: string = manifest.bugs;
