// A statechart as a Mermaid stateDiagram-v2, from the machine's own definition.

/** One text for one machine: its states, every transition that moves, and as notes what a state does by itself. */
export function mermaidOf(machine) {
  const nodes = [...walk(machine.root)];
  return [
    "stateDiagram-v2",
    ...statesWithin(machine.root, "  "),
    ...nodes.flatMap((node) => movesFrom(node).map((move) => `  ${move}`)),
    ...nodes.flatMap((node) => noteOf(node).map((line) => `  ${line}`)),
    "",
  ].join("\n");
}

function* walk(node) {
  for (const child of Object.values(node.states)) {
    yield child;
    yield* walk(child);
  }
}

/** Mermaid knows no hyphen in a name, so that names are given as labels. */
const idOf = (node) => node.path.join("_").replaceAll("-", "_");

function statesWithin(parent, indent) {
  const children = Object.values(parent.states);
  const initial = parent.initial?.target?.[0];
  return [
    ...(initial ? [`${indent}[*] --> ${idOf(initial)}`] : []),
    ...children.flatMap((child) => {
      const named = `${indent}state "${child.key}" as ${idOf(child)}`;
      if (child.type === "final") return [named, `${indent}${idOf(child)} --> [*]`];
      if (child.type === "atomic") return [named];
      return [`${named} {`, ...statesWithin(child, `${indent}  `), `${indent}}`];
    }),
  ];
}

const transitionsOf = (node) => [...node.transitions.values()].flat().concat(node.always ?? []);

function movesFrom(node) {
  return transitionsOf(node).flatMap((transition) =>
    (transition.target ?? []).map((target) => `${idOf(node)} --> ${idOf(target)} : ${labelOf(node, transition)}`),
  );
}

function noteOf(node) {
  const lines = [
    ...node.tags.map((tag) => `tag ${tag}`),
    ...node.invoke.map(({ src }) => `does ${src}`),
    ...namesOf(node.entry).map((action) => `entry / ${action}`),
    ...namesOf(node.exit).map((action) => `exit / ${action}`),
    ...transitionsOf(node)
      .filter(({ target }) => target === undefined)
      .map((transition) => labelOf(node, transition)),
  ];
  if (lines.length === 0) return [];
  return [`note right of ${idOf(node)}`, ...lines.map((line) => `  ${line}`), "end note"];
}

/** The event, the guard that lets it pass, and what is done on the way: `event [guard] / action`. */
function labelOf(node, { eventType, delay, guard, actions }) {
  const event = eventNameOf(node, eventType, delay);
  const condition = guard === undefined ? "" : ` [${nameOf(guard)}]`;
  const done = namesOf(actions);
  return `${event}${condition}${done.length === 0 ? "" : ` / ${done.join(", ")}`}`;
}

/** XState's own names for time and for the ends of actors hold whole paths; people want the cause. */
function eventNameOf(node, eventType, delay) {
  if (eventType === "") return "always";
  if (delay !== undefined) return `after ${typeof delay === "number" ? `${delay} ms` : delay}`;
  const ended = /^xstate\.(done|error)\.(?:actor\.(.+)|state\..+)$/.exec(eventType);
  if (ended === null) return eventType;
  const actor = node.invoke.find(({ id }) => id === ended[2])?.src ?? node.key;
  return `${actor} ${ended[1] === "done" ? "is done" : "threw"}`;
}

const nameOf = (named) => (typeof named === "string" ? named : (named.type ?? named.name));

/** The machine's own actions: those that XState adds for delays say nothing to a reader. */
const namesOf = (actions) => actions.map(nameOf).filter((name) => !name.startsWith("xstate."));
