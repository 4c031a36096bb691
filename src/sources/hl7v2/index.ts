export { acknowledgement, type Answer, type Refusal, type Verdict } from './acknowledge.ts';
export { decodeMessage, type Decoded } from './charset.ts';
export { type Frame, type FrameFault, type FrameFlaw, type FrameLimits } from './frames.ts';
export { listen, type Listener, type ListenerOptions, type Sender } from './listener.ts';
export { fieldText, parseHeader, parseMessage, type MessageHeader, type ParsedMessage } from './message.ts';
export { connectMllp, type MllpConnection, type SendOptions } from './send.ts';
export { splitMessages } from './split.ts';
export { readMessage, type ReadMessage } from './view.ts';
