/** Where a connection for an origin goes. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** @throws TypeError if `origin` is not an absolute URL. */
export function hostAndPortOf(origin: string): HostAndPort {
  const { hostname, port, protocol } = new URL(origin);
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return { host, port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port) };
}

/** Whether `host`, as the URL parser writes it, needs no network. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
