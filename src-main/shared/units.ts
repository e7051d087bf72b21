/** Links and ceilings are in bit/s, traffic is in byte/s; this is the one place that turns numbers into text. */

const steps = ['', 'k', 'M', 'G', 'T'] as const;

/** At most three significant digits and a unit step, so that nothing reads "1000 Mb/s". */
function scaled(value: number, unit: string): string {
  let step = 0;
  let shown = Math.abs(value);
  while (step < steps.length - 1 && Number(shown.toPrecision(3)) >= 1000) {
    shown /= 1000;
    step += 1;
  }
  const digits = String(Number(shown.toPrecision(3)));
  return `${value < 0 ? '-' : ''}${digits} ${steps[step] ?? ''}${unit}`;
}

/** A link speed or ceiling: `1000000000` → `1 Gb/s`. */
export function formatBitsPerSecond(bitsPerSecond: number): string {
  return scaled(bitsPerSecond, 'b/s');
}

/** A traffic rate: `119000000` → `119 MB/s`. */
export function formatBytesPerSecond(bytesPerSecond: number): string {
  return scaled(bytesPerSecond, 'B/s');
}

/** An amount: `7140000000` → `7.14 GB`. */
export function formatAmount(bytes: number): string {
  return scaled(bytes, 'B');
}

/** `1 path`, `4 paths`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

const scales = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 } as const;

/** As people type a speed: `10G`, `2.5g`, `100M` → bit/s. Undefined where it is none. */
export function readBitsPerSecond(text: string): number | undefined {
  const [, digits, scale] = /^(\d+(?:\.\d+)?)([kmgt])(?:b\/s|bit\/s)?$/i.exec(text) ?? [];
  const factor = Object.entries(scales).find(([letter]) => letter === scale?.toLowerCase())?.[1];
  return digits === undefined || factor === undefined ? undefined : Math.round(Number(digits) * factor);
}
