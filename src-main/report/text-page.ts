/** The page that an answer in the terminal is written on. */
import { visibleText } from '#shared/visible-text.ts';
import { textWidth, wrapText } from './text-width.ts';

export interface TextOptions {
  /** Columns. */
  readonly width: number;
  readonly hasColour: boolean;
  /** The time that ages are reckoned from, in ms since 1970. */
  readonly nowMs: number;
}

const styles = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  red: ['1;31', '22;39'],
  yellow: ['1;33', '22;39'],
  blue: ['1;34', '22;39'],
} as const;
export type Style = keyof typeof styles;

/** Lines of a limited width. Everything that may hold the host's own text goes through here and comes out visible. */
export class Page {
  readonly options: TextOptions;
  readonly #lines: string[] = [];

  constructor(textOptions: TextOptions) {
    this.options = textOptions;
  }

  styled(text: string, style: Style | undefined): string {
    if (style === undefined || !this.options.hasColour) return text;
    const [on, off] = styles[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  }

  blank(): void {
    this.#lines.push('');
  }

  line(text: string, style?: Style): void {
    this.#lines.push(this.styled(visibleText(text), style));
  }

  heading(text: string): void {
    this.blank();
    this.line(text.toUpperCase(), 'bold');
  }

  wrapped(text: string, style?: Style, indent = 0): void {
    this.hanging(' '.repeat(indent), indent, text, style);
  }

  /** `head` as it is, then the text, whose further lines begin below its first. */
  hanging(head: string, headWidth: number, text: string, style?: Style): void {
    const lines = wrapText(visibleText(text), this.options.width - headWidth);
    for (const [index, line] of lines.entries()) {
      this.#lines.push(`${index === 0 ? head : ' '.repeat(headWidth)}${this.styled(line, style)}`);
    }
  }

  field(name: string, text: string, indent = 2): void {
    const label = `${' '.repeat(indent)}${name.padEnd(indent === 2 ? 12 : 14)}  `;
    this.hanging(this.styled(label, 'dim'), textWidth(label), text);
  }

  text(): string {
    return this.#lines.join('\n');
  }
}
