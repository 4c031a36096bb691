/** What was not as the protocol wants it, and was read all the same. */
export type FrameFlaw = 'start-missing' | 'end-incomplete' | 'stray-control' | 'bytes-between';

/** Why a frame is no message: another one began within it, the connection ended, it is too long, or something else followed its end. */
export type FrameFault = 'truncated' | 'too-long' | 'end-malformed';

/** What stood between the start and the end of a frame. */
export interface Frame {
  /** Without the framing; of a frame that is too long the first bytes alone. */
  readonly bytes: Buffer;
  /** Of all that was sent. */
  readonly length: number;
  /** Absent: whole. */
  readonly fault?: FrameFault;
  readonly flaws: readonly FrameFlaw[];
}

export interface FrameLimits {
  /** A longer frame is skipped and told of. */
  readonly maxBytes: number;
  /** False: what is not as the protocol wants it is a fault. */
  readonly lenient: boolean;
}

/** Takes the bytes of one connection as they come. */
export interface FrameReader {
  /** The frames that these bytes end. However the bytes are cut into chunks, the frames are the same. */
  push(chunk: Buffer): readonly Frame[];
  /** Nothing came for a while: a frame whose end may be incomplete has ended. */
  pause(): readonly Frame[];
  /** The connection has ended. */
  end(): readonly Frame[];
}

const [VT, LF, CR, FS] = [0x0b, 0x0a, 0x0d, 0x1c];
/** By these a message, a file and a batch begin. */
const HEADERS = ['MSH', 'FHS', 'BHS'];
const HEADER_LENGTH = 3;
/** Kept of a frame that is too long: enough to answer it. */
const KEPT_OF_LONG = 4096;

/**
 * Reads the frames of MLLP release 1: a start byte (VT), the message, an end byte (FS) and a carriage return. Leniently, a missing start, an end
 * without its carriage return, and control bytes within a text are read as what was meant; a start byte before the header of another message says
 * that the one before was cut off, in any case.
 *
 * https://www.hl7.org/documentcenter/public/wg/inm/mllp_transport_specification.PDF
 */
export function createFrameReader(limits: FrameLimits): FrameReader {
  return new MllpReader(limits);
}

type State = 'outside' | 'inside' | 'after-end' | 'after-start';

/** The bytes of one frame, as they come. */
class Body {
  #parts: Buffer[] = [];
  #length = 0;

  add(bytes: Buffer, maxBytes: number): void {
    const wasLong = this.#length > maxBytes;
    this.#length += bytes.length;
    if (this.#length <= maxBytes) this.#parts.push(bytes);
    else if (!wasLong) {
      const known = Buffer.concat([...this.#parts, bytes]);
      this.#parts = [Buffer.from(known.subarray(0, Math.min(maxBytes, KEPT_OF_LONG)))];
    }
  }

  frame(maxBytes: number, fault: FrameFault | undefined, flaws: ReadonlySet<FrameFlaw>): Frame {
    const told = this.#length > maxBytes ? 'too-long' : fault;
    const bytes = Buffer.concat(this.#parts);
    return { bytes, length: this.#length, ...(told === undefined ? {} : { fault: told }), flaws: [...flaws] };
  }
}

class MllpReader implements FrameReader {
  readonly #limits: FrameLimits;
  #state: State = 'outside';
  #body = new Body();
  #flaws = new Set<FrameFlaw>();
  /** After a start byte within a frame, and at the beginning of a line between frames: what may be the header of a message. */
  #header = '';
  /** Bytes between frames that mean nothing. */
  #between = 0;
  #frames: Frame[] = [];

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  push(chunk: Buffer): readonly Frame[] {
    for (let at = 0; at < chunk.length;) {
      if (this.#state === 'inside') at = this.#inside(chunk, at);
      else at += this.#isUsedUp(chunk[at] ?? 0) ? 1 : 0;
    }
    return this.#taken();
  }

  pause(): readonly Frame[] {
    if (this.#state === 'after-end' && this.#limits.lenient) {
      this.#flaws.add('end-incomplete');
      this.#finish();
    }
    return this.#taken();
  }

  end(): readonly Frame[] {
    if (this.#state === 'after-end') {
      this.#flaws.add('end-incomplete');
      this.#finish(this.#limits.lenient ? undefined : 'end-malformed');
    } else if (this.#state !== 'outside') {
      if (this.#state === 'after-start') this.#add(`\v${this.#header}`);
      this.#finish('truncated');
    }
    return this.#taken();
  }

  /** The place up to which the bytes of a chunk are the text of a frame, or the control byte that follows it. */
  #inside(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length && chunk[at] !== FS && chunk[at] !== VT) at += 1;
    if (at > from) this.#body.add(chunk.subarray(from, at), this.#limits.maxBytes);
    if (at === chunk.length) return at;
    if (chunk[at] === VT && !this.#limits.lenient) {
      this.#finish('truncated');
      return at;
    }
    this.#state = chunk[at] === FS ? 'after-end' : 'after-start';
    return at + 1;
  }

  /** False: the byte means something in the state that follows. */
  #isUsedUp(byte: number): boolean {
    if (this.#state === 'outside') return this.#outside(byte);
    return this.#state === 'after-end' ? this.#afterEnd(byte) : this.#afterStart(byte);
  }

  #outside(byte: number): true {
    if (byte === VT) this.#begin();
    else if (byte === CR || byte === LF || byte === 0) this.#header = '';
    else {
      this.#between += 1;
      this.#header += String.fromCharCode(byte).slice(0, HEADER_LENGTH - this.#header.length);
      if (this.#limits.lenient && HEADERS.includes(this.#header)) this.#beginWithout(this.#header);
    }
    return true;
  }

  #afterEnd(byte: number): boolean {
    if (byte === CR) {
      this.#finish();
      return true;
    }
    if (!this.#limits.lenient) {
      this.#finish('end-malformed');
      return false;
    }
    if (byte === LF || byte === VT) {
      this.#flaws.add('end-incomplete');
      this.#finish();
      return byte === LF;
    }
    this.#continue('\x1c');
    return false;
  }

  #afterStart(byte: number): boolean {
    const header = this.#header + String.fromCharCode(byte);
    if (HEADERS.includes(header)) {
      this.#finish('truncated');
      this.#begin();
      this.#add(header);
      return true;
    }
    if (HEADERS.some((known) => known.startsWith(header))) {
      this.#header = header;
      return true;
    }
    this.#continue(`\v${this.#header}`);
    return false;
  }

  /** What looked like an end or a start was text. */
  #continue(text: string): void {
    this.#flaws.add('stray-control');
    this.#add(text);
    this.#state = 'inside';
    this.#header = '';
  }

  #begin(): void {
    if (this.#between > 0) this.#flaws.add('bytes-between');
    this.#body = new Body();
    this.#state = 'inside';
    this.#header = '';
    this.#between = 0;
  }

  #beginWithout(header: string): void {
    this.#between -= header.length;
    this.#begin();
    this.#flaws.add('start-missing');
    this.#add(header);
  }

  #finish(fault?: FrameFault): void {
    this.#frames.push(this.#body.frame(this.#limits.maxBytes, fault, this.#flaws));
    this.#flaws = new Set();
    this.#state = 'outside';
    this.#header = '';
  }

  #add(text: string): void {
    this.#body.add(Buffer.from(text, 'latin1'), this.#limits.maxBytes);
  }

  #taken(): readonly Frame[] {
    const frames = this.#frames;
    this.#frames = [];
    return frames;
  }
}
