// A keyring file in Node, written from what is known of the format and without a line of Redb:
// one JSON object, "SERVICE:USER" to { service, user, data }; data is base64 of nonce (12 bytes), ciphertext and tag (16 bytes)
// of AES-256-GCM under the SHA-256 of the master password.
//   node keyring.mjs get FILE PASSWORD SERVICE USER          prints the secret; 4 when there is none, 5 when it does not open
//   node keyring.mjs set FILE PASSWORD SERVICE USER SECRET   in place, without a lock or a temporary file, as services write it
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const [verb, file, password, service, user, secret] = process.argv.slice(2);
const key = createHash("sha256").update(password, "utf8").digest();
const entries = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};

if (verb === "set") {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
    entries[`${service}:${user}`] = { service, user, data: sealed.toString("base64") };
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(entries), { mode: 0o600 });
} else {
    const entry = entries[`${service}:${user}`];
    if (!entry) process.exit(4);
    const sealed = Buffer.from(entry.data, "base64");
    const cipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
    cipher.setAuthTag(sealed.subarray(-16));
    try {
        process.stdout.write(Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]));
    } catch {
        process.exit(5);
    }
}
