/** Who did something to a commit, and when. */
export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 with an offset. */
  date: string;
}

/** What a commit says. */
export interface CommitText {
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

/** Reads a commit object. */
export function parseCommit(content: Buffer): CommitText {
  const [head, message] = content.toString().split(/\n\n(.*)/s);
  const lines = head.split('\n');
  const values = (name: string) =>
    lines
      .filter(line => line.startsWith(`${name} `))
      .map(line => line.slice(name.length + 1));
  return {
    tree: values('tree')[0],
    parents: values('parent'),
    author: parseSignature(values('author')[0]),
    committer: parseSignature(values('committer')[0]),
    message: message ?? '',
  };
}

/** Writes a commit object, the way Git does. */
export function formatCommit(commit: CommitText): Buffer {
  const { tree, parents, author, committer, message } = commit;
  return Buffer.from(
    [
      `tree ${tree}`,
      ...parents.map(parent => `parent ${parent}`),
      `author ${formatSignature(author)}`,
      `committer ${formatSignature(committer)}`,
      '',
      message.endsWith('\n') ? message : `${message}\n`,
    ].join('\n'),
  );
}

function parseSignature(line: string): Signature {
  const [, name, email, seconds, offset] =
    /^(.*) <(.*)> (\d+) ([+-]\d{4})$/.exec(line) ?? [];
  const sign = offset[0] === '-' ? -1 : 1;
  const minutes =
    sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3)));
  const local = new Date((Number(seconds) + minutes * 60) * 1000);
  return {
    name,
    email,
    date: `${local.toISOString().slice(0, 19)}${offset.slice(
      0,
      3,
    )}:${offset.slice(3)}`,
  };
}

function formatSignature({ name, email, date }: Signature): string {
  const offset = /([+-]\d{2}):?(\d{2})$/.exec(date);
  const seconds = Math.floor(Date.parse(date) / 1000);
  return `${name} <${email}> ${seconds} ${
    offset ? `${offset[1]}${offset[2]}` : '+0000'
  }`;
}
