// Keeps a page up to date: fragments that the server rendered anew are merged into the page, so that focus, scroll positions, opened details and
// half-filled forms stay as they are. Without this script the pages show the state they were loaded with.
'use strict';

const liveUrl = document.querySelector('main[data-live]')?.dataset.live;
const lamp = document.getElementById('live');

function merge(into, from) {
  for (const { name } of [...into.attributes]) {
    // what the reader opened stays open
    if (!from.hasAttribute(name) && name !== 'open') into.removeAttribute(name);
  }
  for (const { name, value } of from.attributes) {
    if (into.getAttribute(name) !== value) into.setAttribute(name, value);
  }
  if (isEdited(into)) return;
  mergeChildren(into, from);
}

function mergeChildren(into, from) {
  const wanted = [...from.childNodes];
  const present = [...into.childNodes];
  wanted.forEach((node, index) => {
    const old = present[index];
    if (!old) into.append(node);
    else if (old.nodeName !== node.nodeName || old.id !== node.id) old.replaceWith(node);
    else if (node.nodeType === Node.ELEMENT_NODE) merge(old, node);
    else if (old.nodeValue !== node.nodeValue) old.nodeValue = node.nodeValue;
  });
  present.slice(wanted.length).forEach((node) => node.remove());
}

function isEdited(element) {
  return element.matches('textarea, select, input')
    && (element === document.activeElement || element.value !== (element.defaultValue ?? element.value));
}

function show(fragments) {
  for (const [id, html] of Object.entries(fragments)) {
    const into = document.getElementById(id);
    if (into) mergeChildren(into, new DOMParser().parseFromString(html, 'text/html').body);
  }
}

function light(on) {
  if (!lamp) return;
  lamp.hidden = false;
  lamp.classList.toggle('off', !on);
  lamp.querySelector('.live-text').textContent = on ? 'Live' : 'Reconnecting';
}

let source = null;

function connect() {
  if (!liveUrl || source) return;
  source = new EventSource(liveUrl);
  source.addEventListener('open', () => light(true));
  source.addEventListener('fragments', (event) => show(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    // CLOSED means that the server told the browser to stop: the thing shown has ended
    if (source.readyState === EventSource.CLOSED) lamp.hidden = true;
    else light(false);
  });
}

// a hidden page holds no connection: browsers allow six to one host
document.addEventListener('visibilitychange', () => {
  if (document.hidden && source) {
    source.close();
    source = null;
  } else if (!document.hidden) connect();
});
connect();

function ago(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  if (seconds < 1) return 'now';
  const text = seconds < 60 ? `${seconds} s`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} m`
    : seconds < 172800 ? `${Math.floor(seconds / 3600)} h`
    : `${Math.floor(seconds / 86400)} d`;
  return milliseconds > 0 ? `in ${text}` : `${text} ago`;
}

setInterval(() => {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const text = ago(Date.parse(time.dateTime) - Date.now());
    if (time.textContent !== text) time.textContent = text;
  }
}, 1000);
