export { type ContractCase, check, rejection } from "./contract.ts";
