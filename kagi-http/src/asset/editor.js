// An editor over a plain text field: line numbers, colours and remarks are drawn behind and beside it, only for the
// lines in sight. The field itself stays the browser's own, with its undo, its selection and its Tab key.
kagi.editor = (() => {
  const { $, make, paint } = kagi;
  const AROUND = 8; // Lines drawn beyond what is in sight.
  const LONGEST = 4000; // With a longer line in sight, the field shows its text itself.

  let area, frame, sheet, gutter, height;
  let text = "";
  let starts = [0];
  let open = [];
  let marks = new Map();
  const rows = new Map();
  const numbers = new Map();

  // ---- Reading: once for each change -----------------------------------------------------------

  function read() {
    text = area.value;
    starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    open = paint.long(text);
    gutter.style.setProperty("--digits", String(Math.max(3, String(starts.length).length)));
  }

  const lineStart = (line) => starts[line] ?? text.length;
  const lineEnd = (line) => (line + 1 < starts.length ? starts[line + 1] - 1 : text.length);

  /** The line that holds a place of the text. */
  function lineAt(place) {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The value from above that a line begins in: where it ends in this line, or -1 when it goes on. */
  function openAt(line) {
    const start = lineStart(line);
    let [low, high] = [0, open.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (open[middle].to <= start) low = middle + 1;
      else high = middle;
    }
    const value = open[low];
    if (!value || value.from >= start) return null;
    return { end: value.to <= lineEnd(line) ? value.to - start : -1 };
  }

  // ---- Drawing: only what is in sight ----------------------------------------------------------

  function draw() {
    const { scrollTop, scrollLeft, clientHeight } = area;
    const first = Math.max(0, Math.floor(scrollTop / height) - AROUND);
    const last = Math.min(starts.length - 1, Math.ceil((scrollTop + clientHeight) / height) + AROUND);
    let plain = false;
    for (let line = first; line <= last; line++) plain ||= lineEnd(line) - lineStart(line) > LONGEST;
    frame.classList.toggle("plain", plain);
    keep(rows, first, plain ? -1 : last, sheet, row);
    keep(numbers, first, last, gutter, number);
    sheet.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    gutter.style.transform = `translateY(${-scrollTop}px)`;
  }

  /** Leaves in `place` what belongs to the lines from `first` to `last`, each made anew only when it has changed. */
  function keep(all, first, last, place, build) {
    for (const [line, { node }] of all) {
      if (line >= first && line <= last) continue;
      node.remove();
      all.delete(line);
    }
    for (let line = first; line <= last; line++) {
      const { key, fill } = build(line);
      let own = all.get(line);
      if (own?.key === key) continue;
      if (!own) {
        own = { node: make("div") };
        own.node.style.top = `${line * height}px`;
        place.append(own.node);
        all.set(line, own);
      }
      own.key = key;
      fill(own.node);
    }
  }

  function row(line) {
    const [content, inside] = [text.slice(lineStart(line), lineEnd(line)), openAt(line)];
    return { key: `${inside?.end ?? ""}|${content}`, fill: (node) => node.replaceChildren(...paint.line(content, inside)) };
  }

  function number(line) {
    const mark = marks.get(line + 1) ?? "";
    const fill = (node) => {
      node.textContent = String(line + 1);
      node.className = mark;
    };
    return { key: mark, fill };
  }

  function forget() {
    for (const [all, place] of [[rows, sheet], [numbers, gutter]]) {
      all.clear();
      place.replaceChildren();
    }
  }

  // ---- Changing: by the browser's own commands, so that undo takes it back ---------------------

  /** Puts a text in place of what is selected. */
  function insert(added) {
    area.focus();
    if (!document.execCommand("insertText", false, added)) {
      area.setRangeText(added, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Adds a line below the one that the caret is in, or in its place when that is empty. */
  function insertLine(added) {
    const line = lineAt(area.selectionEnd);
    const [start, end] = [lineStart(line), lineEnd(line)];
    const blank = text.slice(start, end).trim() === "";
    area.setSelectionRange(blank ? start : end, end);
    insert(blank ? added : `\n${added}`);
  }

  /** Replaces the whole text. */
  function replace(whole) {
    area.setSelectionRange(0, text.length);
    insert(whole);
  }

  /** Selects a line, counted from 1, and brings it into sight. */
  function goTo(line) {
    const index = Math.min(line, starts.length) - 1;
    area.focus();
    area.setSelectionRange(lineStart(index), lineEnd(index));
    area.scrollTop = Math.max(0, (index - 4) * height);
    area.scrollLeft = 0;
    draw();
  }

  /** Marks lines in the margin: a map from a line's number to a class. */
  function mark(lines) {
    marks = lines;
    draw();
  }

  /** The number of the first line after the caret's that is marked, or of the first of all. */
  function nextMark() {
    const here = lineAt(area.selectionEnd) + 1;
    const lines = [...marks.keys()].sort((one, other) => one - other);
    return lines.find((line) => line > here) ?? lines[0];
  }

  function measure() {
    height = parseFloat(getComputedStyle(area).lineHeight);
    forget();
    draw();
  }

  /** Takes the page's editor over, if it has one. */
  function start() {
    area = $("f-content");
    frame = area?.closest(".editor");
    if (!frame) return false;
    [sheet, gutter] = [frame.querySelector(".sheet-lines"), frame.querySelector(".gutter-lines")];
    frame.classList.add("live");
    [rows, numbers].forEach((all) => all.clear());
    marks = new Map();
    read();
    measure();
    new ResizeObserver(measure).observe(area);
    area.addEventListener("scroll", draw);
    area.addEventListener("input", () => {
      read();
      draw();
    });
    return true;
  }

  addEventListener("pagehide", () => {
    if (!area) return;
    [text, open, starts] = ["", [], [0]];
    forget();
  });

  return { start, insertLine, replace, goTo, mark, nextMark, insert, area: () => area, text: () => text };
})();
