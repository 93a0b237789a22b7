/** Whether an image is named by its content: it is the same one tomorrow. */
export function isByDigest(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image);
}
