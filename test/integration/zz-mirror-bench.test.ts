import { execFileSync } from "node:child_process";
import { it } from "vitest";
import { Factory, STREAM, startErp, startPocketBase, REPOSITORY } from "./harness";
import { findBinary } from "./harness/binary";
it("x", async () => {
  const factory = new Factory({ rows: 2000 });
  const erp = await startErp({ factory });
  const server = await startPocketBase({ erpUrl: erp.url });
  const run = await server.runSync();
  console.log("sync", run.status, run.push_mode, run.rows_fetched, run.duration_ms);
  await server.stop();
  const bin = await findBinary();
  for (const times of [1, 49]) {
  console.log(execFileSync("python3", ["-c", `
import sqlite3,sys
d=sqlite3.connect(sys.argv[1]+"/data.db")
for n in range(${times}):
    if ${times}==1: break
    p="%03d"%n
    for t in ["erp_raw_data","ASWNDUBAI_erpConsolidateData"]:
        cols=[r[1] for r in d.execute("PRAGMA table_info(%s)"%t)]
        sel=[]
        for c in cols:
            if c in("id","target_id"): sel.append("'%s'||substr(%s,4)"%(p,c))
            elif c=="erp_id": sel.append("erp_id||'x%s'"%p)
            else: sel.append('"'+c+'"')
        q='"'+'","'.join(cols)+'"'
        d.execute("INSERT OR IGNORE INTO %s (%s) SELECT %s FROM %s WHERE rowid<=2010"%(t,q,",".join(sel),t))
d.commit()
print(d.execute("select count(*) from erp_raw_data").fetchone())
`, server.dataDir]).toString());
  const args = [bin, "erp", "verify", STREAM, "--local", `--dir=${server.dataDir}`, `--hooksDir=${REPOSITORY}pb_hooks`, "--migrationsDir=none", "--hooksWatch=false", "--automigrate=false", "--dev=false"];
  console.log(execFileSync("python3", ["-c", `
import subprocess,sys,resource
p=subprocess.run(sys.argv[1:],capture_output=True,text=True); print(p.stdout[:300]); r=resource.getrusage(resource.RUSAGE_CHILDREN); print(r.ru_maxrss/1024,"MB",r.ru_utime,r.ru_stime)
`, ...args], { env: { ...process.env, ERP_BASE_URL: erp.url } }).toString());
  }
}, 600000);
