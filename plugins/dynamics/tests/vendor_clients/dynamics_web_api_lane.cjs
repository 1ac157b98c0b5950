// Runs tasks with an unmodified dynamics-web-api: one JSON line in, one JSON line out.
// A line in: {"task", "url", "token", …arguments of the task}. Argument: the folder node_modules.
const { createRequire } = require("node:module");
const readline = require("node:readline");
const { DynamicsWebApi } = createRequire(process.argv[2] + "/")("dynamics-web-api");

const connect = (given) =>
  new DynamicsWebApi({
    serverUrl: given.url,
    dataApi: { version: "9.2" },
    onTokenRefresh: async () => given.token,
    includeAnnotations: given.annotations,
    impersonateAAD: given.impersonate,
  });

// inside a batch the client leaves the vendor's error one level deeper
const failed = (error) => ({ failed: error.status, code: (error.error ?? error).code, message: (error.error ?? error).message });

const tasks = {
  async whoAmI(client, given) {
    return client.callFunction("WhoAmI");
  },
  async describe(client, given) {
    const tables = await client.retrieveEntities({ select: ["LogicalName", "EntitySetName"] });
    const table = tables.value.find((one) => one.LogicalName === given.table);
    const columns = await client.retrieveAttributes({
      entityKey: table.MetadataId,
      select: ["LogicalName", "AttributeType"],
    });
    const choices = await client.retrieveAttributes({
      entityKey: table.MetadataId,
      castType: "Microsoft.Dynamics.CRM.MultiSelectPicklistAttributeMetadata",
      select: ["LogicalName"],
      expand: [{ property: "OptionSet" }],
    });
    return { set: table.EntitySetName, columns: columns.value, choices: choices.value };
  },
  async retrieve(client, given) {
    return client.retrieve({ collection: given.collection, key: given.key, select: given.select, expand: given.expand });
  },
  async paging(client, given) {
    const all = await client.retrieveAll({ collection: given.collection, select: given.select, maxPageSize: given.size });
    return all.value;
  },
  async filtered(client, given) {
    const found = await client.retrieveMultiple({
      collection: given.collection,
      select: given.select,
      filter: given.filter,
      orderBy: given.orderBy,
      top: given.top,
      count: true,
    });
    return { count: found.oDataCount, rows: found.value };
  },
  async update(client, given) {
    return client.update({
      collection: given.collection,
      key: given.key,
      data: given.data,
      ifmatch: given.etag,
      returnRepresentation: Boolean(given.returns),
      select: given.select,
    });
  },
  async refused(client, given) {
    try {
      return await client.update({ collection: given.collection, key: given.key, data: given.data });
    } catch (error) {
      return failed(error);
    }
  },
  async upsert(client, given) {
    return client.upsert({
      collection: given.collection,
      key: given.key,
      data: given.data,
      ifnonematch: given.onlyCreate ? "*" : undefined,
      ifmatch: given.onlyUpdate ? "*" : undefined,
      returnRepresentation: true,
    });
  },
  async batch(client, given) {
    client.startBatch();
    for (const row of given.rows) {
      client.update({ collection: given.collection, key: row.key, data: row.data, ifmatch: row.etag, inChangeSet: false }).catch(() => {});
    }
    try {
      const results = await client.executeBatch({ continueOnError: given.continues });
      return results.map((one) => (one instanceof Error ? failed(one) : one === undefined ? null : one));
    } catch (errors) {
      return { thrown: [].concat(errors).map(failed) };
    }
  },
  async changeSet(client, given) {
    client.startBatch();
    client.create({ collection: "contacts", data: given.contact, contentId: "1" });
    client.create({ collection: "accounts", data: { ...given.account, "primarycontactid@odata.bind": "$1" }, contentId: "2" });
    try {
      return await client.executeBatch();
    } catch (errors) {
      return { thrown: [].concat(errors).map(failed) };
    }
  },
  async updateMultiple(client, given) {
    await client.callAction({
      collection: given.collection,
      actionName: "Microsoft.Dynamics.CRM.UpdateMultiple",
      action: { Targets: given.targets },
    });
    return true;
  },
  async tracked(client, given) {
    const first = await client.retrieveMultiple({ collection: given.collection, select: given.select, trackChanges: true });
    return { link: first.oDataDeltaLink, count: first.value.length };
  },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const given = JSON.parse(line);
    let told;
    try {
      const result = await tasks[given.task](connect(given), given);
      told = { result: result === undefined ? null : result };
    } catch (error) {
      told = { crashed: JSON.stringify(failed(error)) + String(error.stack || error) };
    }
    process.stdout.write(JSON.stringify(told) + "\n");
  }
})();
