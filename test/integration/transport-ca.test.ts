import { beforeAll, describe, expect, it } from "vitest";
import { dump, type Installation, sentence, setSource, startWithErp, TRANSPORTS } from "./answers-instance";

const ADVICE =
  "give the ERP's certificate authority as SSL_CERT_FILE or options.source.cacert, or have the certificate renewed";

describe("an ERP with a certificate of a private authority", () => {
  let here: Installation;
  beforeAll(async () => {
    here = await startWithErp({}, { https: true });
  });

  it.each(TRANSPORTS)(
    "fails by %s with a sentence that names where the authority goes, and is not asked again",
    async (transport) => {
      const { server, erp } = here;
      await setSource(server, { transport });
      const before = await dump(server);
      const run = await server.runSync();
      expect(run).toMatchObject({ status: "failed", transport });
      expect(sentence(erp, run.error)).toBe(
        `ERP has a TLS certificate that is not trusted, or no usable TLS (…): ${ADVICE}`,
      );
      expect(run.error).toMatch(/certificate/);
      expect(erp.requests).toEqual([]);
      expect(await dump(server)).toBe(before);
      expect(await server.jobs()).toEqual([]);
    },
  );

  it("is synced by curl with options.source.cacert", async () => {
    const { server, erp, factory } = here;
    await setSource(server, { transport: "curl", cacert: erp.caFile });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", transport: "curl", error: "" });
    await server.expectTarget(factory.rows());
  });

  it("fails when the file of options.source.cacert is not there", async () => {
    const { server, erp } = here;
    await setSource(server, { transport: "curl", cacert: "/nowhere/ca.pem" });
    const run = await server.runSync();
    expect(run).toMatchObject({ status: "failed" });
    expect(run.error).toContain("/nowhere/ca.pem");
    expect(sentence(erp, run.error)).toContain(ADVICE);
  });

  it("is synced by either transport with SSL_CERT_FILE", async () => {
    const { server, erp, factory } = here;
    await server.restart({ SSL_CERT_FILE: erp.caFile });
    for (const transport of TRANSPORTS) {
      factory.changeRow();
      await setSource(server, { transport });
      expect(await server.runSync()).toMatchObject({ status: "succeeded", transport, rows_changed: 1 });
      await server.expectTarget(factory.rows());
    }
  });

  it("is synced by curl with a cacert that names a variable", async () => {
    const { server, erp, factory } = here;
    await server.restart({ SSL_CERT_FILE: undefined, ERP_CA_FILE: erp.caFile });
    factory.changeRow();
    await setSource(server, { transport: "curl", cacert: "${ERP_CA_FILE}" });
    expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_changed: 1 });
    await server.expectTarget(factory.rows());
  });
});
