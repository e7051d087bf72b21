/** How the benches print what they measured. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function heading(text: string): void {
  console.log(`\n${text}`);
}

export function row(name: string, figure: string): void {
  console.log(`  ${name.padEnd(52)} ${figure}`);
}
