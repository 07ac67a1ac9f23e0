import type { EnginePorts, Notifier, Permission } from "../../core/ports/index.ts";
import { AlwaysGranted } from "../memory/always-granted.ts";
import { SilentNotifier } from "../memory/silent-notifier.ts";
import { DiskQuota } from "./disk-quota.ts";
import { FileBodyStore } from "./file-body-store.ts";
import { NodeClock } from "./node-clock.ts";
import { NodeCodings } from "./node-codings.ts";
import { NodeConnectivity } from "./node-connectivity.ts";
import { NodeDigests } from "./node-digests.ts";
import { NodeRandom } from "./node-random.ts";
import { openUsableJournal } from "./set-aside.ts";
import { SqliteLock } from "./sqlite-lock.ts";
import { UndiciTransport, type UndiciTransportOptions } from "./undici-transport.ts";

export interface NodePortsOptions extends UndiciTransportOptions {
  /** The folder of the store; made, for this user alone, if it is not there. */
  readonly directory: string;
  /** Whether fetches may be made. @default every one */
  readonly permission?: Permission | undefined;
  /** What shows them to the user. @default nothing */
  readonly notifier?: Notifier | undefined;
}

/** The ports, and where a damaged journal was put. */
export interface NodePorts extends EnginePorts {
  readonly setAside: string | null;
}

/**
 * Open a store's folder, and make everything else that an engine needs on Node.
 *
 * A journal that is damaged is put aside.
 *
 * @throws LonghaulError if the folder cannot be used.
 */
export async function openNodePorts(options: NodePortsOptions): Promise<NodePorts> {
  const { directory } = options;
  const bodies = await FileBodyStore.open({ directory });
  return {
    bodies,
    ...(await openUsableJournal(directory)),
    transport: new UndiciTransport(options),
    lock: new SqliteLock({ directory }),
    connectivity: new NodeConnectivity(),
    clock: new NodeClock(),
    random: new NodeRandom(),
    permission: options.permission ?? new AlwaysGranted(),
    quota: new DiskQuota({ directory }),
    notifier: options.notifier ?? new SilentNotifier(),
    digests: new NodeDigests(),
    codings: new NodeCodings(),
  };
}
