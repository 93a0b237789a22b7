/** What `work` writes to stderr while it runs as if that were no terminal. */
export async function shownBy(work: () => Promise<unknown>): Promise<string> {
  const { isTTY } = process.stderr;
  const write = process.stderr.write.bind(process.stderr);
  let shown = "";
  process.stderr.isTTY = false;
  process.stderr.write = (text: string | Uint8Array) => {
    shown += text.toString();
    return true;
  };
  try {
    await work();
  } finally {
    Object.assign(process.stderr, { isTTY, write });
  }
  return shown;
}
