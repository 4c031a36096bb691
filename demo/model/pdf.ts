const LINES_PER_PAGE = 56;

/** Characters beyond ASCII have no place in the font's built-in encoding as it is used here. */
function literal(text: string): string {
  return `(${text.replace(/[^\u0020-\u007e]/gu, '?').replace(/[()\\]/g, (char) => `\\${char}`)})`;
}

/** A PDF of one page in a typewriter's letters (ISO 32000-1): the same lines give the same bytes. Longer texts end where the page does. */
export function pdfOf(lines: readonly string[]): Buffer {
  const text = lines.slice(0, LINES_PER_PAGE).map((line) => `${literal(line)} Tj T*`);
  const content = ['BT /F1 10 Tf 13 TL 56 780 Td', ...text, 'ET'].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  ];
  let written = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = written.length;
    written += `${String(i + 1)} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(written.length)}\n%%EOF\n`;
  return Buffer.from(written + table + trailer, 'latin1');
}
