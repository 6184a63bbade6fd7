import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { Factory, startErp } from "./harness";
import { setOptions, startQuietly } from "./in-flight";
import { expectMirror } from "./outcomes-instance";

const SECRET = "jwt-secret-4f1c-which-nobody-may-see";

const decoded = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** True for a token that is signed with our secret and still valid. */
function isSigned(authorization = ""): boolean {
  const [head = "", claims = "", signature] = authorization.replace(/^Bearer /, "").split(".");
  const expected = createHmac("sha256", SECRET).update(`${head}.${claims}`).digest("base64url");
  return signature === expected && decoded(claims).exp * 1000 > Date.now();
}

it("signs a JWT for the ERP, and keeps secret and token out of everything that is written", async () => {
  const factory = new Factory({ seed: 3, rows: 10 });
  const erp = await startErp({ factory, authorize: ({ authorization }) => isSigned(authorization) });
  const server = await startQuietly(erp, { env: { ERP_JWT_SECRET: SECRET, ERP_LOG_JSON: "1" } });
  const claims = { iss: "pocketbase", sub: "sync", level: 3 };
  await setOptions(server, {
    source: { auth: { kind: "jwt_hs256", secret: "${ERP_JWT_SECRET}", claims, ttl_seconds: 60 } },
  });
  expect(await server.runSync()).toMatchObject({ status: "succeeded" });
  await expectMirror({ factory, erp, server });
  expect(await server.action("test")).toMatchObject({ ok: true });
  const token = String(erp.requests[0]?.headers.authorization).replace("Bearer ", "");
  const sent = decoded(token.split(".")[1] ?? "");
  expect(decoded(token.split(".")[0] ?? "")).toMatchObject({ alg: "HS256" });
  expect(sent).toMatchObject(claims);
  expect(sent.exp - sent.iat).toBeGreaterThanOrEqual(60);
  expect(sent.exp - sent.iat).toBeLessThanOrEqual(61);

  const said = (await Promise.all(["sync_settings", "sync_runs", "erp_raw_data"].map((name) => server.rows(name))))
    .map((rows) => JSON.stringify(rows))
    .join("\n");
  for (const text of [said, server.log()]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(token);
  }
});

it("refuses a secret that is written out, and one that is missing", async () => {
  const erp = await startErp();
  const server = await startQuietly(erp);
  const save = (auth: object) =>
    setOptions(server, { source: { auth: { kind: "jwt_hs256", ...auth } } }).catch((error) =>
      JSON.stringify(error.response),
    );
  expect(await save({ secret: SECRET })).toContain("must be an environment reference");
  expect(await save({ secret: SECRET })).not.toContain(SECRET);
  expect(await save({})).toContain('ptions.source.auth.secret is blank, but auth.kind \\"jwt_hs256\\" needs secret');
});
