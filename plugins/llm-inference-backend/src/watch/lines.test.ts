import { LineCutter } from './lines';

const TEXT = '{"name":"früh"}\n\n{"emoji":"🚀"}\r\n{"cut":"of';

/** The lines that are heard where a text arrives so many bytes at a time. */
function linesOf(text: string, bytes: number): string[] {
  const whole = Buffer.from(text);
  const cutter = new LineCutter();
  const lines: string[] = [];
  for (let at = 0; at < whole.length; at += bytes) {
    lines.push(...cutter.cut(whole.subarray(at, at + bytes)));
  }
  return lines;
}

describe('a stream of lines', () => {
  it.each([1, 2, 3, 5, 16, 1_000])(
    'is cut into its lines where it arrives %d bytes at a time, and what was not sent whole is none',
    bytes => {
      expect(linesOf(TEXT, bytes)).toEqual([
        '{"name":"früh"}',
        '{"emoji":"🚀"}\r',
      ]);
    },
  );

  it('refuses a line that is longer than any object', () => {
    const cutter = new LineCutter();
    const chunk = Buffer.alloc(4 * 1024 * 1024, 'x');
    expect(() => {
      for (let i = 0; i < 5; i++) expect([...cutter.cut(chunk)]).toEqual([]);
    }).toThrow('a line of more than 16777216 characters');
  });
});
