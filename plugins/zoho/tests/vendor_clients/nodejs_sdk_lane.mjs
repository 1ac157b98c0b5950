// Runs one task with an unmodified @zohocrm/nodejs-sdk-8.0 and prints what it returned as one JSON line.
// Standard input: {"task", "modules", "url", "client_id", "client_secret", "refresh_token", "folder", …}.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const given = JSON.parse(fs.readFileSync(0, "utf8"));
const main = path.join(given.modules, "@zohocrm", "nodejs-sdk-8.0", "lib", "index.js");
const ZOHO = await import(pathToFileURL(main).href);

async function start() {
  const url = given.url;
  const environment = ZOHO.DataCenter.setEnvironment(url, url + "/oauth/v2/token", url);
  const token = new ZOHO.OAuthBuilder()
    .clientId(given.client_id)
    .clientSecret(given.client_secret)
    .refreshToken(given.refresh_token)
    .findUser(false)
    .build();
  const logger = new ZOHO.LogBuilder().level(ZOHO.Levels.ERROR).filePath(given.folder + "/sdk.log").build();
  const config = new ZOHO.SDKConfigBuilder().autoRefreshFields(true).pickListValidation(false).build();
  await (await new ZOHO.InitializeBuilder())
    .environment(environment)
    .token(token)
    .store(new ZOHO.FileStore(given.folder + "/tokens.txt"))
    .SDKConfig(config)
    .resourcePath(given.folder)
    .logger(logger)
    .initialize();
}

function plain(value) {
  if (value instanceof ZOHO.Choice) return plain(value.getValue());
  if (value instanceof ZOHO.Record.Record) return plain(value.getKeyValues());
  if (value instanceof ZOHO.Users.MinifiedUser) {
    return { id: String(value.getId()), name: value.getName(), email: value.getEmail() };
  }
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]));
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  return value.constructor === Object ? value : value.constructor.name; // a model that no test looks into
}

function record(fields) {
  const made = new ZOHO.Record.Record();
  for (const [name, value] of Object.entries(fields)) {
    if (name === "id") made.setId(BigInt(value));
    else if (Array.isArray(value)) made.addKeyValue(name, value.map((one) => new ZOHO.Choice(one)));
    else if ((given.picklists || []).includes(name)) made.addKeyValue(name, new ZOHO.Choice(value));
    else made.addKeyValue(name, value);
  }
  return made;
}

async function asked(text) {
  const statement = new ZOHO.Coql.BodyWrapper();
  statement.setSelectQuery(text);
  const response = await new ZOHO.Coql.CoqlOperations().getRecords(statement);
  const told = response.getObject();
  if (response.getStatusCode() === 204) return { http: 204 };
  if (response.getStatusCode() !== 200) {
    return { http: response.getStatusCode(), code: told.getCode().getValue() };
  }
  return { http: 200, rows: told.getData().map(plain), more: told.getInfo().getMoreRecords() };
}

async function written(act) {
  const request = new ZOHO.Record.BodyWrapper();
  request.setData(given.records.map(record));
  if (given.trigger) request.setTrigger(given.trigger);
  const operations = new ZOHO.Record.RecordOperations(given.module);
  const response = await operations[act](request, new ZOHO.HeaderMap());
  const results = response.getObject().getData().map((one) => ({
    code: one.getCode().getValue(),
    status: one.getStatus().getValue(),
    details: plain(one.getDetails()),
  }));
  return { http: response.getStatusCode(), results };
}

const tasks = {
  async list() {
    const rows = [];
    let token = null;
    do {
      const params = new ZOHO.ParameterMap();
      const { GetRecordsParam } = ZOHO.Record;
      const operations = new ZOHO.Record.RecordOperations(given.module);
      await params.add(GetRecordsParam.FIELDS, given.fields);
      await params.add(GetRecordsParam.PER_PAGE, given.per_page);
      if (token) await params.add(GetRecordsParam.PAGE_TOKEN, token);
      const wrapper = (await operations.getRecords(params, new ZOHO.HeaderMap())).getObject();
      rows.push(...wrapper.getData().map(plain));
      token = wrapper.getInfo().getMoreRecords() ? wrapper.getInfo().getNextPageToken() : null;
    } while (token);
    return rows;
  },
  update() {
    return written("updateRecords");
  },
  create() {
    return written("createRecords");
  },
  async coql() {
    const answers = [];
    for (const text of given.queries) answers.push(await asked(text));
    return answers;
  },
  async users() {
    const params = new ZOHO.ParameterMap();
    await params.add(ZOHO.Users.GetUsersParam.TYPE, given.type);
    const operations = new ZOHO.Users.UsersOperations();
    const wrapper = (await operations.getUsers(params, new ZOHO.HeaderMap())).getObject();
    return wrapper.getUsers().map((one) => ({
      id: String(one.getId()),
      email: one.getEmail(),
      name: one.getFullName(),
      status: one.getStatus(),
    }));
  },
};

await start();
process.stdout.write(JSON.stringify(await tasks[given.task]()));
