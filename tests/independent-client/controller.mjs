// The service a supervisor may dial back: it answers the controller calls and does nothing else.
import grpc from "@grpc/grpc-js";

const LOOPBACK = "127.0.0.1";

export async function serveController(definition) {
  const server = new grpc.Server();
  server.addService(definition, {
    Start: (_call, reply) => reply(null, { success: false, message: "already running" }),
    Stop: (_call, reply) => reply(null, { success: true, message: "ignored" }),
    GetHealth: (_call, reply) => reply(null, { status: "HEALTH_STATUS_HEALTHY", checks: [] }),
    Configure: (_call, reply) => reply(null, { success: true, message: "", restarting: false }),
  });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync(`${LOOPBACK}:0`, grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { host: LOOPBACK, port, close: () => server.forceShutdown() };
}
