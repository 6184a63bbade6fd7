import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

export interface PrivateCertificate {
  key: string;
  cert: string;
  /** PEM file of the authority: what `SSL_CERT_FILE` or curl's `cacert` needs. */
  caFile: string;
  /** Removes the file. */
  remove(): void;
}

/** A certificate for 127.0.0.1 and localhost from a private authority no machine trusts. */
export async function makePrivateCertificate(): Promise<PrivateCertificate> {
  const shared = { keyType: "ec", algorithm: "sha256" } as const;
  const authority = await generate([{ name: "commonName", value: "ERP test authority" }], {
    ...shared,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...shared,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), "erp-ca-"));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, authority.cert);
  return {
    key: server.private,
    cert: server.cert,
    caFile,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
