// The nine calls of a supervisor as promises, each with a deadline.
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import { fileURLToPath } from "node:url";

const CALL_LIMIT_MS = 10_000;
const PROTOS = fileURLToPath(new URL("../../protos", import.meta.url));

export function loadContract() {
  const definition = loader.loadSync("supervisor/v1/supervisor.proto", {
    includeDirs: [PROTOS],
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
  });
  return grpc.loadPackageDefinition(definition).redbco.redbopen.supervisor.v1;
}

export class Supervisor {
  #client;

  constructor(contract, address) {
    this.#client = new contract.SupervisorService(address, grpc.credentials.createInsecure());
  }

  call(method, request) {
    return new Promise((resolve, reject) =>
      this.#client[method](request, { deadline: Date.now() + CALL_LIMIT_MS }, (error, response) =>
        error ? reject(error) : resolve(response),
      ),
    );
  }

  // Writes every entry, closes its half of the stream and waits for the acknowledgement.
  streamLogs(entries) {
    return new Promise((resolve, reject) => {
      const stream = this.#client.StreamLogs({ deadline: Date.now() + CALL_LIMIT_MS }, (error, response) =>
        error ? reject(error) : resolve(response),
      );
      entries.forEach((entry) => stream.write({ entry }));
      stream.end();
    });
  }

  // Calls back for every update until the returned function is called.
  watchHealth(serviceIds, seen) {
    const stream = this.#client.WatchServiceHealth({ service_ids: serviceIds });
    stream.on("data", seen);
    stream.on("error", () => {}); // Our own cancellation arrives as an error.
    return () => stream.cancel();
  }

  close() {
    this.#client.close();
  }
}
