/** @throws TypeError unless `bodyId` is 32 lower-case hexadecimal digits: nothing else may become part of a path. */
export function assertBodyId(bodyId: string): void {
  if (!isBodyId(bodyId)) throw new TypeError(`A body id is 32 hexadecimal digits, not ${JSON.stringify(bodyId)}`);
}

export function isBodyId(name: string): boolean {
  return /^[0-9a-f]{32}$/.test(name);
}
