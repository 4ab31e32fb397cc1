import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { badRequest } from '../../cluster/ApiError';
import { JsonRecord } from '../../cluster/json';
import { FieldType, MESSAGES } from './messages';

/** Every protobuf body of Kubernetes starts with these four bytes. */
const MAGIC = Buffer.from('k8s\0');

/**
 * Reads an object in Kubernetes' protobuf encoding.
 * @throws ApiError 400 for kinds and fields that the sandbox only knows as JSON
 */
export function decodeObject(body: Buffer): JsonRecord {
  if (!body.subarray(0, 4).equals(MAGIC)) {
    throw badRequest('provided data does not appear to be a protobuf message');
  }
  const envelope = new BinaryReader(body.subarray(4));
  let apiVersion = '';
  let kind = '';
  let raw = new Uint8Array();
  while (envelope.pos < envelope.len) {
    const [field, wire] = envelope.tag();
    if (field === 1) {
      ({ apiVersion, kind } = readTypeMeta(envelope.bytes()));
    } else if (field === 2) {
      raw = new Uint8Array(envelope.bytes());
    } else {
      envelope.skip(wire, field);
    }
  }
  return { apiVersion, kind, ...readMessage(kind, raw) };
}

function readTypeMeta(bytes: Uint8Array): { apiVersion: string; kind: string } {
  const reader = new BinaryReader(bytes);
  const meta = { apiVersion: '', kind: '' };
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1) {
      meta.apiVersion = reader.string();
    } else if (field === 2) {
      meta.kind = reader.string();
    } else {
      reader.skip(wire, field);
    }
  }
  return meta;
}

function readMessage(name: string, bytes: Uint8Array): JsonRecord {
  const fields = Object.hasOwn(MESSAGES, name) ? MESSAGES[name] : undefined;
  if (!fields) {
    throw badRequest(
      `the sandbox reads ${name} as JSON or YAML, not as protobuf; use a manifest`,
    );
  }
  const reader = new BinaryReader(bytes);
  const result: JsonRecord = {};
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const field = fields[number];
    if (!field) {
      if (!isEmptyField(reader, wire)) {
        throw badRequest(
          `the sandbox does not read field ${number} of ${name} from protobuf; use a manifest`,
        );
      }
      continue;
    }
    readField(reader, field, result);
  }
  return result;
}

/** Reads a field and says whether it has no value, as Go's encoder writes those that nobody set. */
function isEmptyField(reader: BinaryReader, wire: WireType): boolean {
  if (wire === WireType.Varint) {
    return Number(reader.int64()) === 0;
  }
  return wire === WireType.LengthDelimited && reader.bytes().length === 0;
}

function readField(
  reader: BinaryReader,
  [name, type]: [string, FieldType],
  result: JsonRecord,
): void {
  if (typeof type === 'object' && 'list' in type) {
    const current = result[name];
    result[name] = [
      ...(Array.isArray(current) ? current : []),
      readValue(reader, type.list),
    ];
  } else if (typeof type === 'object' && 'map' in type) {
    const entry = new BinaryReader(reader.bytes());
    let key = '';
    let value: unknown = '';
    while (entry.pos < entry.len) {
      const [field] = entry.tag();
      if (field === 1) {
        key = entry.string();
      } else {
        value = readValue(entry, type.map);
      }
    }
    result[name] = { ...(result[name] as JsonRecord), [key]: value };
  } else {
    const value = readValue(reader, type);
    // Go's encoder writes empty texts and times that JSON leaves out.
    if (value !== '' && value !== undefined) {
      result[name] = value;
    }
  }
}

function readValue(reader: BinaryReader, type: FieldType): unknown {
  switch (type) {
    case 'string':
      return reader.string();
    case 'bytes':
      return Buffer.from(reader.bytes()).toString('base64');
    case 'int':
      return Number(reader.int64()) || undefined;
    case 'optionalInt':
      return Number(reader.int64());
    case 'intOrString':
      return readIntOrString(new BinaryReader(reader.bytes()));
    case 'bool':
      return reader.bool();
    case 'time':
      return readTime(new BinaryReader(reader.bytes()));
    case 'quantity':
      return readQuantity(new BinaryReader(reader.bytes()));
    default:
      return 'message' in type
        ? readMessage(type.message, reader.bytes())
        : undefined;
  }
}

function readTime(reader: BinaryReader): string | undefined {
  let seconds = 0;
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1) {
      seconds = Number(reader.int64());
    } else {
      reader.skip(wire, field);
    }
  }
  return seconds > 0
    ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
    : undefined;
}

function readQuantity(reader: BinaryReader): string {
  reader.tag();
  return reader.string();
}

function readIntOrString(reader: BinaryReader): number | string | undefined {
  let isText = false;
  let number = 0;
  let text = '';
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1) {
      isText = Number(reader.int64()) === 1;
    } else if (field === 2) {
      number = Number(reader.int64());
    } else if (field === 3) {
      text = reader.string();
    } else {
      reader.skip(wire, field);
    }
  }
  return (isText ? text : number) || undefined;
}
