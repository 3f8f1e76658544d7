/** The version of the program, as its package says; bundled builds carry it inside. */
import packageDescription from '../../package.json' with { type: 'json' };

export const APP_VERSION: string = packageDescription.version;
