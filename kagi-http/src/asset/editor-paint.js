// What a line of a .env text is made of, for its colours. What it means is the server's to say (remarks); this follows
// the same rules: names, quotes that may go over several lines, comments, and what some parsers would replace.
kagi.paint = (() => {
  const ASSIGNMENT = /^([ \t]*(?:export[ \t]+)?)([^=\s#:][^=\s]*?)([ \t]*(?:=|:(?=[ \t]|$))[ \t]*)/u;
  const REFERENCE = /\$(?:\{[^}\n]*\}?|\([^)\n]*\)?|\w+)/gu;

  /** Where the quote before `from` is closed, or -1. A backslash escapes, and '\'' is a quote in single quotes. */
  function closing(text, quote, from) {
    for (let at = from; ; ) {
      const end = text.indexOf(quote, at);
      if (end < 0) return -1;
      let slash = end;
      while (slash > at && text[slash - 1] === "\\") slash--;
      if ((end - slash) % 2) at = end + 1;
      else if (quote === "'" && text.startsWith("'\\''", end)) at = end + 4;
      else return end;
    }
  }

  const endOfLine = (text, from) => {
    const end = text.indexOf("\n", from);
    return end < 0 ? text.length : end;
  };

  /** The values that go over several lines, in order: where each begins and ends. */
  function long(text) {
    const found = [];
    const lost = new Set(); // Quotes that nothing closes from here on.
    const quotes = /["'`]/gu;
    for (let match; (match = quotes.exec(text)); ) {
      const { index, 0: quote } = match;
      const start = text.lastIndexOf("\n", index) + 1;
      const end = endOfLine(text, index);
      const head = index - start > 1000 ? null : ASSIGNMENT.exec(text.slice(start, index + 1));
      quotes.lastIndex = end;
      if (!head || head[0].length !== index - start || lost.has(quote)) continue;
      const close = closing(text, quote, index + 1);
      if (close < 0) lost.add(quote);
      if (close <= end) continue;
      const last = endOfLine(text, close);
      if (!/^[ \t]*(?:#|$)/u.test(text.slice(close + 1, Math.min(last, close + 200)))) continue;
      found.push({ from: index, to: close + 1 });
      quotes.lastIndex = last;
    }
    return found;
  }

  const span = (kind, text) => {
    const node = document.createElement("span");
    node.className = `t-${kind}`;
    node.textContent = text;
    return node;
  };

  /** A value, with what some parsers would replace in it. */
  function value(text, kind) {
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(REFERENCE)) {
      if (match.index > from) nodes.push(span(kind, text.slice(from, match.index)));
      nodes.push(span("reference", match[0]));
      from = match.index + match[0].length;
    }
    if (from < text.length) nodes.push(span(kind, text.slice(from)));
    return nodes;
  }

  /** A value and the comment behind it; `close` is where a closing quote is, or -1. */
  function tail(text, close) {
    if (close >= 0) return [...value(text.slice(0, close + 1), "value"), ...rest(text.slice(close + 1))];
    const comment = /(?:^|[ \t])#/u.exec(text);
    const end = comment ? comment.index + comment[0].length - 1 : text.length;
    return [...value(text.slice(0, end), "value"), ...rest(text.slice(end))];
  }

  const rest = (text) => (text ? [span("comment", text)] : []);

  /** The nodes of a line. `open` says that it begins in a value from above, which ends in it at `open.end`, if there. */
  function line(text, open) {
    if (open) return open.end < 0 ? value(text, "value") : tail(text, open.end - 1);
    if (/^[ \t]*#/u.test(text)) return [span("comment", text)];
    const head = ASSIGNMENT.exec(text);
    if (!head) return text.trim() ? [span("odd", text)] : [text];
    const [whole, before, name, sign] = head;
    const behind = text.slice(whole.length);
    const close = /^["'`]/u.test(behind) ? closing(behind, behind[0], 1) : -1;
    const nodes = [span("name", name), sign];
    const quoted = close >= 0 && /^[ \t]*(?:#|$)/u.test(behind.slice(close + 1));
    return [...(before ? [span("comment", before)] : []), ...nodes, ...tail(behind, quoted ? close : -1)];
  }

  return { line, long };
})();
