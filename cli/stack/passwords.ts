import { randomBytes } from "node:crypto";

/** 192 random bits as 32 letters, digits, `-` and `_`: no character that a URL, a shell or a file needs escaped. */
export function generatePassword(): string {
  return randomBytes(24).toString("base64url");
}
