export { FetchTransport, type FetchTransportOptions } from "./fetch-transport.ts";
