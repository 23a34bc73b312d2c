import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A way to a database that can be cut: connections are there no more, and none is made, until it is mended. */
export class Wire {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async to(database: string): Promise<Wire> {
    const { hostname, port } = new URL(database);
    const server = createServer();
    await new Promise<void>((listening) => server.listen({ host: "127.0.0.1", port: 0 }, listening));
    const url = new URL(database);
    url.host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const wire = new Wire(server, url.href);
    server.on("connection", (near) => {
      if (wire.#isCut) {
        near.destroy();
        return;
      }
      const far = connect({ host: hostname, port: Number(port) });
      for (const [one, other] of [[near, far], [far, near]] as const) {
        wire.#sockets.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => (wire.#sockets.delete(one), other.destroy()));
        one.pipe(other);
      }
    });
    return wire;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
