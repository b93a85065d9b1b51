// Proves the wire contract with foreign software: everything this program knows of Redb is in protos/.
//   node client.mjs HOST:PORT [NAME]
// Registers a service, lets it live for a moment, unregisters it. Prints one line of JSON with what the supervisor
// answered; exit code 0 if all of it was right, 1 if not, 2 for wrong usage.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { serveController } from "./controller.mjs";
import { loadContract, Supervisor } from "./supervisor.mjs";

const WATCH_LIMIT_MS = 15_000;
const WATCH_BEAT_MS = 250;

const [address, name = "independent"] = process.argv.slice(2);
if (!address) {
  console.error("usage: node client.mjs HOST:PORT [NAME]");
  process.exit(2);
}

const seen = {};
const problems = [];
const expect = (condition, problem) => condition || problems.push(problem);

const contract = loadContract();
const controller = await serveController(contract.ServiceControllerService.service);
const supervisor = new Supervisor(contract, address);
try {
  await live(supervisor, controller);
} catch (error) {
  problems.push(error.message);
} finally {
  supervisor.close();
  controller.close();
}

console.log(JSON.stringify({ ok: problems.length === 0, problems, ...seen }));
process.exitCode = problems.length === 0 ? 0 : 1;

async function live(supervisor, { host, port }) {
  const service = {
    name,
    version: "1.0.0",
    instance_id: randomUUID(),
    host,
    port,
    metadata: { start_time: new Date().toISOString(), language: "javascript" },
  };
  const id = await register(supervisor, service);
  await beat(supervisor, id, "HEALTH_STATUS_HEALTHY");
  await log(supervisor, service);
  await inspect(supervisor, id, service);
  await watch(supervisor, id);
  await unregister(supervisor, id);
}

async function register(supervisor, service) {
  const capabilities = { supports_graceful_shutdown: true, dependencies: ["supervisor"] };
  const answer = await supervisor.call("RegisterService", { service, capabilities });
  seen.registered = { success: answer.success, service_id: answer.service_id, message: answer.message };
  seen.initial_config = answer.initial_config?.config ?? null;
  if (!answer.success || !answer.service_id) {
    throw new Error(`registration refused: ${answer.message}`);
  }

  const again = await supervisor.call("RegisterService", { service, capabilities });
  expect(again.success && again.service_id === answer.service_id, "a second registration gave another id");
  return answer.service_id;
}

async function beat(supervisor, id, health) {
  const answer = await supervisor.call("SendHeartbeat", {
    service_id: id,
    health_status: health,
    metrics: { memory_usage_bytes: 1024, cpu_usage_percent: 0.5, goroutines: 1, custom_metrics: { beats: 1 } },
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
  });
  seen.heartbeat = { acknowledged: answer.acknowledged };
  expect(answer.acknowledged, "a heartbeat was not acknowledged");
}

async function log(supervisor, { name, version, instance_id }) {
  const entries = ["LOG_LEVEL_DEBUG", "LOG_LEVEL_INFO", "LOG_LEVEL_ERROR"].map((level) => ({
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
    level,
    message: `${level} from an independent client`,
    service: { name, version, instance_id },
  }));
  const answer = await supervisor.streamLogs(entries);
  seen.logs = { sent: entries.length, acknowledged: answer.acknowledged };
  expect(answer.acknowledged, "the log stream was not acknowledged");
}

async function inspect(supervisor, id, service) {
  const list = await supervisor.call("ListServices", { name_pattern: service.name });
  seen.services = list.services.map(({ info, state, health }) => ({ name: info.name, state, health }));
  const mine = list.services.find(({ info }) => info.instance_id === service.instance_id);
  expect(mine, "the list of services lacks this one");

  const { status } = await supervisor.call("GetServiceStatus", { service_id: id });
  seen.status = { state: status.state, health: status.health, port: status.info.port };
  expect(status.info.port === service.port, "the status shows another port");
  expect(status.health === "HEALTH_STATUS_HEALTHY", `the status shows ${status.health}`);
  expect(Number(status.metrics?.memory_usage_bytes) === 1024, "the status shows other metrics");
}

// A watch tells of changes only and nothing tells when it has begun, so health changes until one is seen.
async function watch(supervisor, id) {
  seen.updates = [];
  const stop = supervisor.watchHealth([id], ({ service_id, old_status, new_status }) =>
    seen.updates.push({ service_id, old_status, new_status }),
  );
  const deadline = Date.now() + WATCH_LIMIT_MS;
  let sick = false;
  while (!changeSeen() && Date.now() < deadline) {
    sick = !sick;
    await beat(supervisor, id, sick ? "HEALTH_STATUS_DEGRADED" : "HEALTH_STATUS_HEALTHY");
    await sleep(WATCH_BEAT_MS);
  }

  stop();
  expect(changeSeen(), "no change of health was told");
  expect(
    seen.updates.every(({ service_id }) => service_id === id),
    "a change of another service was told",
  );
}

function changeSeen() {
  return seen.updates.some(({ old_status, new_status }) => old_status !== new_status);
}

async function unregister(supervisor, id) {
  const answer = await supervisor.call("UnregisterService", { service_id: id, reason: "done" });
  seen.unregistered = { success: answer.success, message: answer.message };
  expect(answer.success, `unregistering failed: ${answer.message}`);

  const again = await supervisor.call("UnregisterService", { service_id: id, reason: "twice" });
  expect(!again.success && again.message === "service not found", "an unknown service was unregistered");

  const error = await supervisor.call("SendHeartbeat", { service_id: id }).then(
    () => null,
    (e) => e,
  );
  seen.unknown_heartbeat = error && { code: error.code, details: error.details };
  expect(error?.details === "service not found", "a heartbeat of an unknown service was accepted");
}
