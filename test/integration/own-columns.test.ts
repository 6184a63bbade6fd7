import { expect, it } from "vitest";
import { TARGET } from "./harness";
import { startSynced } from "./outcomes-instance";

it.each(["records", "bulk"])("a column of one's own stays as it is once the mapping skips it (%s)", async (mode) => {
  const { server, factory } = await startSynced();
  const collection = await server.pb.collections.getOne(TARGET);
  await server.pb.collections.update(TARGET, { fields: [...collection.fields, { name: "remarks", type: "text" }] });

  const doctor = JSON.parse((await server.cli(["doctor", "--json"])).stdout);
  expect(doctor.checks).toContainEqual({
    name: "aswan_bom mapping",
    level: "warning",
    message: expect.stringContaining('add {"remarks": {"skip": true}} to mapping'),
  });

  const { options } = await server.settings();
  await server.updateSettings({ mapping: { remarks: { skip: true } }, options: { ...options, push: { mode } } });
  const [record] = await server.targetRows();
  await server.pb.collection(TARGET).update(record?.id ?? "", { remarks: "call the supplier" });
  factory.changeRow(0);
  for (let row = 0; row < factory.rows().length; row++) factory.changeRow(row);
  factory.addRow();
  expect(await server.runSync()).toMatchObject({ status: "succeeded", push_mode: mode });

  await server.expectTarget(factory.rows());
  const remarks = (await server.targetRows()).map((row) => row.remarks).filter((text) => text !== "");
  expect(remarks).toEqual(["call the supplier"]);
  expect((await server.cli(["verify", "aswan_bom", "--local"])).code).toBe(0);
});
