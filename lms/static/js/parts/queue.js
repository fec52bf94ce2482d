// Answers on their way to the server: in order, one at a time, kept on the device until they are acknowledged.
const PAUSES = [1, 2, 4, 8, 15, 30];
const LASTING = new Set([408, 425, 429]);

export class AnswerQueue {
  // `report(state, details)` hears: saving, saved, waiting, conflict, refused.
  constructor(key, report) {
    this.key = key;
    this.report = report;
    this.waiting = this.load();
    this.failures = 0;
    this.running = false;
  }

  get size() { return this.waiting.length; }

  load() {
    try { return JSON.parse(sessionStorage.getItem(this.key)) ?? []; } catch { return []; }
  }

  keep() {
    try { sessionStorage.setItem(this.key, JSON.stringify(this.waiting)); } catch { /* a full or closed store: memory still holds them */ }
  }

  // A newer answer to the same slot takes the place of one that has not been tried yet.
  add(entry) {
    const last = this.waiting.findLastIndex((other) => other.url === entry.url && !other.tried);
    if (last >= 0) this.waiting.splice(last, 1);
    this.waiting.push({ ...entry, operation: crypto.randomUUID(), tried: false });
    this.keep();
    this.run();
  }

  // Ends a pause early; a request under way is left alone.
  retryNow() {
    if (!this.pause) return;
    clearTimeout(this.pause);
    this.pause = undefined;
    this.running = false;
    this.run();
  }

  async run() {
    if (this.running || !this.waiting.length) return;
    this.running = true;
    this.report('saving', { count: this.size });
    while (this.waiting.length) {
      if (!(await this.send(this.waiting[0]))) return;
      this.waiting.shift();
      this.keep();
    }
    this.running = false;
  }

  // True when the first entry is done with (stored or refused for good); false when it has to wait.
  async send(entry) {
    entry.revision = entry.tried ? entry.revision : this.revisionOf(entry);
    entry.tried = true;
    this.keep();
    const reply = await this.post(entry);
    if (!reply || reply.status >= 500 || LASTING.has(reply.status)) return this.wait();
    const told = await reply.json().catch(() => ({}));
    this.failures = 0;
    this.report(reply.ok ? 'saved' : reply.status === 409 ? 'conflict' : 'refused', { ...told, url: entry.url, count: this.size - 1 });
    return true;
  }

  // Null when the network gave no reply.
  post(entry) {
    const body = new URLSearchParams([...entry.fields, ['operation_id', entry.operation], ['revision', entry.revision]]);
    return fetch(entry.url, { method: 'POST', headers: { Accept: 'application/json' }, keepalive: true, body }).catch(() => null);
  }

  wait() {
    const seconds = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    this.report('waiting', { count: this.size });
    this.pause = setTimeout(() => this.retryNow(), seconds * 1000);
    return false;
  }
}
