/** Passes on a line every `everyMs` at most, so that thousands of them make no thousand lines where output is plain. */
export function slowSay(say: (line: string) => void, everyMs = 3000): (line: string) => void {
  let last = -Infinity;
  return (line) => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    say(line);
  };
}
