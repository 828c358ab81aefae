// What ipywidgets leaves undone around a card: arrow keys, names and states for screen readers, a
// live region that is there before its text comes, links between lessons, and a clock that runs while
// the kernel is busy.

// A click that gets no answer in so many milliseconds waits for a cell that runs, and says so.
const PATIENCE = 400;
const PRESSED = ".ce-letter, .ce-move, .ce-check, .ce-action";
const ONCE = ".ce-letter, .ce-check, .ce-action"; // for these, a double click is one click
const WAITS = "Your click is kept: it waits for the cell that is running.";

const ARROWS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
const LOADED = Math.random().toString(36).slice(2); // this file is loaded once for each card
const AHEAD = "crossentropy-clock-ahead";
let count = 0;

// A card may hold another one, which has its own names and keys.
const CARD = ".ce-quiz, .ce-accessible";
const own = (card, selector) =>
  [...card.querySelectorAll(selector)].filter((one) => one.closest(CARD) === card);

function name(card, state) {
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", state.label);
  if (state.keys) card.setAttribute("aria-description", state.keys);
  for (const row of own(card, ".ce-row")) {
    const text = row.querySelector(".ce-part");
    if (!text) continue; // its view comes in a moment, and the observer tells of it
    if (!text.id) text.id = `ce-text-${LOADED}-${(count += 1)}`;
    for (const handle of row.querySelectorAll(".noUi-handle")) {
      handle.setAttribute("aria-describedby", text.id);
    }
    for (const button of row.querySelectorAll("button")) {
      button.setAttribute("aria-describedby", text.id);
      if (button.title) button.setAttribute("aria-label", button.title);
    }
  }
  for (const button of own(card, ".ce-letter")) {
    button.setAttribute("aria-label", button.textContent);
    if (state.picked) {
      button.setAttribute("role", "checkbox");
      button.setAttribute("aria-checked", String(state.picked.includes(button.textContent)));
    }
  }
  for (const region of card.querySelectorAll(".ce-live, .ce-polite")) {
    if (region.classList.contains("ce-live")) region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
  }
  for (const slider of card.querySelectorAll(".widget-slider, .widget-hslider")) {
    const label = slider.querySelector("label, .widget-label")?.textContent;
    for (const handle of slider.querySelectorAll(".noUi-handle")) {
      handle.setAttribute("aria-label", label || state.label);
      handle.setAttribute("aria-disabled", String(Boolean(handle.closest("[disabled]"))));
    }
    slider.querySelector(".widget-readout")?.setAttribute("aria-label", `${label}, as a number`);
    slider.querySelector(".widget-readout")?.setAttribute("role", "textbox");
  }
}

// The keys that move a slider's handle belong to it: JupyterLab would go to another cell. Lumino,
// its frame, leaves alone what comes from an element with this attribute.
const STEERING = [...Object.keys(ARROWS), "PageUp", "PageDown", "Home", "End"];

function steer(event) {
  if (!event.target.matches?.(".noUi-handle")) return;
  const meant = event.ctrlKey || event.metaKey || event.altKey;
  const own = !meant && STEERING.includes(event.key);
  event.target.toggleAttribute("data-lm-suppress-shortcuts", own);
}

function move(event, card) {
  steer(event);
  const step = ARROWS[event.key];
  const kind = [".ce-letter", ".ce-up", ".ce-down"].find((one) => event.target.matches?.(one));
  if (!step || !kind || event.target.closest(CARD) !== card) return;
  const buttons = own(card, kind).filter((one) => !one.disabled);
  const place = buttons.indexOf(event.target) + step;
  buttons[(place + buttons.length) % buttons.length].focus();
  event.preventDefault();
  event.stopImmediatePropagation(); // or JupyterLab would go to the next cell
}

// Keys in a list to choose from, or in a text that scrolls, belong to it: JupyterLab would go to
// another cell, or insert one. Tab leads on, and with a modifier JupyterLab's commands are meant.
function keep(event, card) {
  const own = event.target.matches?.("select, pre[tabindex]") && card.contains(event.target);
  const meant = event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey;
  if (own && !meant) event.stopImmediatePropagation();
}

// A plain link would open a second JupyterLab at the top of the lesson. This one opens the lesson
// in the same one, at its section, where JupyterLab shows itself to pages (`classroom lab` asks for
// that).
const OPEN = "rendermime:handle-local-link";

function go(event, card) {
  const link = event.target.closest?.('a[href*=".ipynb"]');
  const lab = window.jupyterapp;
  const here = lab?.shell.currentWidget?.context?.path;
  if (!link || !card.contains(link) || !here || !lab.commands.hasCommand(OPEN)) return;
  event.preventDefault();
  const to = new URL(link.getAttribute("href"), `file:///${here}`);
  lab.commands.execute(OPEN, { path: decodeURIComponent(to.pathname.slice(1)), id: to.hash });
}

function stored(value) {
  try {
    if (value !== undefined) sessionStorage.setItem(AHEAD, String(value));
    return sessionStorage.getItem(AHEAD);
  } catch {
    return null; // a front end may forbid it
  }
}

function told(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export default () => {
  // How far the browser's clock is before the kernel's, in milliseconds. The kernel is asked, since
  // a moment that was stored with the card says nothing after a reload; until it answers, a busy
  // one after seconds, what it said last holds.
  let ahead = Number(stored() ?? 0);
  return {
    initialize({ model }) {
      model.on("msg:custom", (message) => {
        if (!message.clock) return;
        ahead = Date.now() - message.clock;
        stored(ahead);
      });
      model.send({ event: "clock" });
    },
    render({ model, el }) {
      const clock = document.createElement("div");
      const warning = document.createElement("div");
      clock.className = "ce-clock";
      clock.setAttribute("role", "timer");
      warning.className = "ce-unseen";
      warning.setAttribute("role", "status");
      const waits = document.createElement("div");
      waits.className = "ce-unseen";
      waits.setAttribute("aria-live", "polite");
      let card = null;
      let over = null;
      const unheard = new Map(); // the part of the card that says so, by the number of the press

      const observer = new MutationObserver(() => card && name(card, model.get("state")));
      const keys = (event) => {
        if (!card) return;
        keep(event, card);
        move(event, card);
        const field = event.target.matches?.("input[type=text]") && event.target;
        if (!field || event.key !== "Enter" || field.closest(CARD) !== card) return;
        const check = field.closest(".ce-entry")?.querySelector(".ce-check");
        if (check && !check.disabled) press(check);
      };
      const gone = () => card.closest(".jupyter-widgets-disconnected");
      // The kernel is told the moment of a press before the button tells of the press itself: what
      // waits for a running cell is not the learner's time.
      const press = (button) => {
        const number = (count += 1);
        const at = button.matches(".ce-letter") ? button.closest(".ce-row") : button;
        if (!waits.isConnected) el.append(waits); // before its text comes
        unheard.set(number, at);
        setTimeout(() => {
          if (!unheard.has(number) || gone()) return;
          at.classList.add("ce-waiting");
          waits.textContent = WAITS;
        }, PATIENCE);
        // A list beside the button is told with it: while the kernel is busy, the list's own word
        // is held back, and the button's is not.
        const chosen = button.closest(".ce-entry")?.querySelector("select")?.selectedIndex;
        model.send({ event: "press", number, at: Date.now() - ahead, chosen });
      };
      const hear = (last) => {
        for (const [number, at] of unheard) {
          if (number > last) continue;
          unheard.delete(number);
          if (![...unheard.values()].includes(at)) at.classList.remove("ce-waiting");
        }
        if (!unheard.size) waits.textContent = "";
      };
      const heard = (message) => message.heard && hear(message.heard);
      const presses = (event) => {
        const button = event.target.closest?.("button");
        if (!button?.matches(PRESSED) || button.disabled) return;
        if (!card || button.closest(CARD) !== card) return;
        if (event.detail > 1 && button.matches(ONCE)) {
          event.preventDefault();
          event.stopPropagation();
        } else {
          press(button);
        }
      };
      const clicks = (event) => card && go(event, card);
      const tick = () => {
        card ??= el.closest(CARD);
        if (card && !card.dataset.ceNamed) {
          card.dataset.ceNamed = "yes";
          observer.observe(card, { childList: true, subtree: true });
          name(card, model.get("state"));
          const first = model.get("state").first;
          if (first) card.querySelector(first)?.focus();
        }
        if (unheard.size && gone()) hear(Infinity);
        const { deadline, warn } = model.get("state");
        if (!deadline) {
          clock.remove();
          warning.remove();
          return;
        }
        if (!clock.isConnected) el.append(clock, warning);
        const left = (deadline - (Date.now() - ahead)) / 1000;
        clock.textContent = left > 0 ? `${told(left)} left` : "Time is up";
        clock.classList.toggle("ce-late", left <= warn);
        warning.textContent = left > 0 && left <= warn ? `Less than ${warn} seconds left.` : "";
        if (left <= 0 && over !== deadline) {
          over = deadline;
          model.send({ event: "time" });
        }
      };
      const changed = () => {
        if (card) name(card, model.get("state"));
        tick();
      };
      const focus = (message) => {
        if (!message.focus) return;
        const at = document.activeElement; // the body, where what had the focus was disabled
        if (at && at !== document.body && !card?.contains(at)) return; // the learner went elsewhere
        card?.querySelectorAll(message.focus)[message.place]?.focus();
      };
      const timer = setInterval(tick, 250);
      requestAnimationFrame(tick);
      window.addEventListener("keydown", keys, true);
      el.ownerDocument.addEventListener("click", clicks);
      el.ownerDocument.addEventListener("click", presses, true);
      model.on("change:state", changed);
      model.on("msg:custom", focus);
      model.on("msg:custom", heard);
      return () => {
        clearInterval(timer);
        observer.disconnect();
        window.removeEventListener("keydown", keys, true);
        el.ownerDocument.removeEventListener("click", clicks);
        el.ownerDocument.removeEventListener("click", presses, true);
        model.off("change:state", changed);
        model.off("msg:custom", focus);
        model.off("msg:custom", heard);
      };
    },
  };
};
