// SCRAM verifiers against a published vector. It does not prove that PostgreSQL takes them: tests/integration does.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "mocha";
import { matchesVerifier, scramVerifier } from "../../../roles/scram.ts";

const SALT = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
const VERIFIER = scramVerifier("pencil", SALT);

describe("SCRAM verifiers", () => {
  it("give the server signature of the example in RFC 7677", () => {
    const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const exchange = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=${nonce}`;
    const serverKey = Buffer.from(VERIFIER.split(":").at(-1) ?? "", "base64");
    const signature = createHmac("sha256", serverKey).update(exchange).digest("base64");
    assert.equal(signature, "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  });

  it("are written as PostgreSQL stores them", () => {
    assert.equal(
      VERIFIER,
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$" +
        "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
  });

  it("differ for each salt, and both match", () => {
    const [first, second] = [scramVerifier("pencil"), scramVerifier("pencil")];
    assert.notEqual(first, second);
    assert.ok(matchesVerifier("pencil", first) && matchesVerifier("pencil", second));
  });

  it("match with the number of iterations that is stored", () => {
    assert.ok(matchesVerifier("pencil", scramVerifier("pencil", SALT, 1000)));
  });

  it("match nothing else", () => {
    assert.equal(matchesVerifier("Pencil", VERIFIER), false);
    assert.equal(matchesVerifier("", VERIFIER), false);
    for (const stored of [null, "", "md5c4ca4238a0b923820dcc509a6f75849b", "pencil", `${VERIFIER}x`]) {
      assert.equal(matchesVerifier("pencil", stored), false, String(stored));
    }
  });

  it("prepare a password that is not ASCII as PostgreSQL does", () => {
    assert.ok(matchesVerifier("I\u00adX \u2168", scramVerifier("IX IX", SALT)));
    assert.ok(matchesVerifier("a\u00a0b", scramVerifier("a b", SALT)));
  });
});
