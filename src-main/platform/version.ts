/** The product's name and version, as package.json has them. */
import packageJson from '../../package.json' with { type: 'json' };

export const productName = 'switchyard';
export const productVersion: string = packageJson.version;
