import type { DiagnosticCode } from '../../model/codes.ts';
import type { Complaints } from '../complaints.ts';
import { SourceFile } from './source-file.ts';

/** The largest file that is read. */
export const MAX_BYTES = 10 * 1024 * 1024;

/** The text of a file, or null after a complaint about its size or encoding. */
export function openSourceFile(
  name: string,
  index: number,
  bytes: Uint8Array,
  complaints: Complaints,
): SourceFile | null {
  const refuse = (code: DiagnosticCode, message: string, hint: string, before = '') => {
    const file = new SourceFile(name, index, before);
    complaints.add({ code, message, hint, place: { file, offset: before.length, length: 1 } });
    return null;
  };
  if (bytes.length > MAX_BYTES) {
    const size = (bytes.length / 1024 / 1024).toFixed(1);
    return refuse(
      'file-too-large',
      `this file is larger than 10 MiB${bytes.length > MAX_BYTES + 1 ? ` (${size} MiB)` : ''}`,
      'split it into several files',
    );
  }
  if (isUtf16(bytes)) {
    return refuse('not-utf-8', 'this file is UTF-16, and only UTF-8 is read', 'save it as UTF-8');
  }
  try {
    return new SourceFile(name, index, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse(
      'not-utf-8',
      'this is not UTF-8 text: the byte at this place cannot be read',
      'save the file as UTF-8',
      textBeforeFirstFault(bytes),
    );
  }
}

/** By its byte order mark, or by a zero byte in the first character: YAML text starts with ASCII or a letter. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length >= 2 && (first === 0) !== (second === 0);
}

function textBeforeFirstFault(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let at = 0;
  const step = 4096;
  try {
    for (; at < bytes.length; at += step) {
      text += decoder.decode(bytes.subarray(at, at + step), { stream: true });
    }
    return text;
  } catch {
    const lenient = new TextDecoder('utf-8').decode(bytes.subarray(0, at + step));
    // From the end of what was fine, the first replacement character is the fault.
    const fault = lenient.indexOf('\ufffd', text.length);
    return fault === -1 ? text : lenient.slice(0, fault);
  }
}
