/** A report as a file: what it can be, and what it is called. */

export const reportFormats = ['html', 'markdown'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFile {
  /** Letters, digits, dots and hyphens of ASCII alone: it goes to a file system. */
  readonly name: string;
  readonly mediaType: 'text/html' | 'text/markdown';
  readonly text: string;
}

const kinds = {
  html: { extension: 'html', mediaType: 'text/html' },
  markdown: { extension: 'md', mediaType: 'text/markdown' },
} as const;

/** `host`: a name that others chose. `takenAt`: ISO 8601. */
export function reportFile(format: ReportFormat, host: string, takenAt: string, text: string): ReportFile {
  const { extension, mediaType } = kinds[format];
  const parts = ['switchyard-report', host, takenAt.slice(0, 10)].map((part) =>
    part
      .replaceAll(/[^A-Za-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 60),
  );
  return { name: `${parts.filter((part) => part !== '').join('-')}.${extension}`, mediaType, text };
}

/** Whether a file is one of those that {@link reportFile} makes, by what is said of it. */
export function isReportFile(name: string): boolean {
  return /^switchyard-report[A-Za-z0-9-]*\.(?:html|md)$/.test(name) && name.length <= 160;
}
