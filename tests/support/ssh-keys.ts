import ssh2 from "ssh2";

/** A pair of keys in OpenSSH's form. */
export interface SshKeys {
  readonly private: string;
  readonly public: string;
}

/** Makes one. Of 400 that ssh2 makes, it can't read one itself: that one is not taken. */
export function makeSshKeys(): SshKeys {
  for (;;) {
    const keys = ssh2.utils.generateKeyPairSync("ed25519");
    const isReadable = [keys.private, keys.public].every((text) => !(ssh2.utils.parseKey(text) instanceof Error));
    if (isReadable) return keys;
  }
}
