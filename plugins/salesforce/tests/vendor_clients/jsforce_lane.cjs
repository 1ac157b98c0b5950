// Runs one task with an unmodified jsforce and prints what it returned as one JSON line.
// Standard input: {"task", "url", "token", "version", …arguments of the task}.
const { createRequire } = require("node:module");
const { Readable } = require("node:stream");
const fs = require("node:fs");
const jsforce = createRequire(process.cwd() + "/")("jsforce");

const given = JSON.parse(fs.readFileSync(0, "utf8"));
const conn = new jsforce.Connection({ instanceUrl: given.url, accessToken: given.token, version: given.version });
conn.bulk2.pollInterval = 50;
conn.bulk2.pollTimeout = 60000;

const tasks = {
  async describe() {
    const told = await conn.describe(given.object);
    const all = await conn.describeGlobal();
    return {
      keyPrefix: told.keyPrefix,
      fields: told.fields.map((f) => ({ name: f.name, type: f.type, keys: Object.keys(f).length })),
      objects: all.sobjects.length,
    };
  },
  async paging() {
    const first = await conn.query(given.soql);
    const records = [...first.records];
    let page = first;
    let pages = 1;
    while (!page.done) {
      page = await conn.queryMore(page.nextRecordsUrl);
      pages += 1;
      records.push(...page.records);
    }
    return { total: first.totalSize, pages, ids: records.map((r) => r.Id), last: records.at(-1) };
  },
  async children() {
    const rows = await conn.query(given.soql);
    return rows.records;
  },
  async patch() {
    return conn.sobject(given.object).update(given.record);
  },
  async conditional() {
    const headers = { "If-Unmodified-Since": given.since };
    try {
      return await conn.sobject(given.object).update(given.record, { headers });
    } catch (error) {
      return { failed: error.errorCode || error.name, message: error.message };
    }
  },
  async refused() {
    try {
      return await conn.sobject(given.object).update(given.record);
    } catch (error) {
      return { failed: error.errorCode || error.name, message: error.message };
    }
  },
  async collections() {
    return conn.sobject(given.object).update(given.records, { allOrNone: false });
  },
  async upsert() {
    return conn.sobject(given.object).upsert(given.record, given.key);
  },
  async bulk() {
    return conn.bulk2.loadAndWaitForResults({
      object: given.object,
      operation: given.operation,
      externalIdFieldName: given.key,
      input: given.csv === undefined ? given.records : Readable.from([given.csv]),
    });
  },
  async bulkQuery() {
    const stream = await conn.bulk2.query(given.soql);
    return stream.toArray();
  },
};

tasks[given.task]()
  .then((result) => process.stdout.write(JSON.stringify(result)))
  .catch((error) => {
    process.stderr.write(String(error.stack || error));
    process.exit(1);
  });
