// What nbgrader's Validate button leaves out: how far it has come, and what it did not check.
(() => {
  const EVERY = 1000; // milliseconds
  const LABEL = ".jp-ToolbarButtonComponent-label";

  async function progress(base, path) {
    const answer = await fetch(`${base}crossentropy/validation?path=${encodeURIComponent(path)}`);
    return answer.ok ? answer.json() : {};
  }

  async function follow(app, button) {
    const panel = app.shell.currentWidget;
    const path = panel?.context?.path;
    if (!path) return;
    const base = app.serviceManager.serverSettings.baseUrl;
    const label = button.querySelector(LABEL);
    let begun = false;
    for (let turn = 0; turn < 3600; turn++) {
      await new Promise((done) => setTimeout(done, EVERY));
      const busy = label.innerText.startsWith("Validating");
      if (!busy && begun) break;
      if (!busy && turn > 30) return;
      if (!busy) continue;
      begun = true;
      const now = await progress(base, path);
      if (now.cell && label.innerText.startsWith("Validating")) {
        label.innerText = `Validating: cell ${now.cell} of ${now.of}`;
        button.title = `The cell that runs now: ${now.name}`;
      }
    }
    button.title = "";
    const { told } = await progress(base, path);
    const dialog = document.getElementById("validation-message");
    if (told && dialog && !dialog.querySelector(".ce-told")) {
      const line = document.createElement("p");
      line.className = "ce-told";
      line.textContent = told;
      dialog.prepend(line);
    }
  }

  const plugin = {
    id: "crossentropy-validation:plugin",
    description: "Progress and limits of the Validate button.",
    autoStart: true,
    activate: (app) => {
      document.addEventListener("click", (event) => {
        const button = event.target.closest?.(".validate-button");
        if (button) follow(app, button);
      }, true);
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["crossentropy-validation"] = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
