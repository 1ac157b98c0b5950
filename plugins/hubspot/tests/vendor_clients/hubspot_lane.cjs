// Runs one task with an unmodified @hubspot/api-client and prints what it returned as one JSON line.
// Standard input: {"task", "url", "token", …arguments of the task}.
const { createRequire } = require("node:module");
const fs = require("node:fs");

const given = JSON.parse(fs.readFileSync(0, "utf8"));
const hubspot = createRequire(given.modules + "/")("@hubspot/api-client");
const client = new hubspot.Client({
  accessToken: given.token,
  basePath: given.url,
  numberOfApiCallRetries: given.retries ?? 0,
  limiterOptions: { maxConcurrent: 5, minTime: 0 },
});
const companies = client.crm.companies;

const tasks = {
  async owners() {
    const living = await client.crm.owners.ownersApi.getPage(undefined, undefined, 10, false);
    const gone = await client.crm.owners.ownersApi.getPage(undefined, undefined, 10, true);
    const rest = await client.crm.owners.ownersApi.getPage(undefined, living.paging.next.after, 100, false);
    return { living: [...living.results, ...rest.results], gone: gone.results };
  },
  async properties() {
    const told = await client.crm.properties.coreApi.getAll("companies", false);
    return told.results;
  },
  async all() {
    return companies.getAll(100, undefined, ["name", "description", "tier"]);
  },
  async search() {
    const pages = [];
    let after = "0";
    while (after) {
      const told = await companies.searchApi.doSearch({
        filterGroups: [{ filters: [{ propertyName: "industry", operator: "EQ", value: given.industry }] }],
        sorts: [JSON.stringify({ propertyName: "createdate", direction: "DESCENDING" })],
        properties: ["industry"],
        limit: 20,
        after,
      });
      pages.push(...told.results);
      after = told.paging?.next?.after;
    }
    return pages;
  },
  async update() {
    return companies.batchApi.update({ inputs: given.inputs });
  },
  async read() {
    const inputs = given.ids.map((id) => ({ id }));
    return companies.batchApi.read({ inputs, properties: given.properties, propertiesWithHistory: [] });
  },
  async patch() {
    return companies.basicApi.update(given.id, { properties: given.properties });
  },
  async associations() {
    const v4 = client.crm.associations.v4;
    const before = await v4.basicApi.getPage("companies", given.id, "contacts", undefined, 500);
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 280 }];
    await v4.basicApi.create("companies", given.id, "contacts", given.contact, types);
    const after = await v4.batchApi.getPage("companies", "contacts", { inputs: [{ id: given.id }] });
    await v4.basicApi.archive("companies", given.id, "contacts", given.contact);
    const labels = await v4.schema.definitionsApi.getAll("companies", "contacts");
    return { before: before.results, after: after.results, labels: labels.results };
  },
  async refresh() {
    return client.oauth.tokensApi.create(
      "refresh_token", undefined, undefined, given.client_id, given.client_secret, given.refresh_token,
    );
  },
};

tasks[given.task]()
  .then((result) => process.stdout.write(JSON.stringify(result)))
  .catch((error) => process.stdout.write(JSON.stringify({ failed: error.code ?? 0, body: error.body, text: String(error) })));
