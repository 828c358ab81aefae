// The button "Hand in": saves the notebook, has the server make one file of the lesson, and shows
// what is missing and where the file lies.
(() => {
  const COMMAND = "crossentropy:hand-in";
  const NARROW =
    '@media (max-width: 1100px) { .jp-Toolbar-item[data-jp-item-name="hand-in"] { display: none } }';

  function cookie(name) {
    const found = document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`));
    return found ? found[1] : "";
  }

  async function made(app, path) {
    const { baseUrl, token } = app.serviceManager.serverSettings;
    const answer = await fetch(`${baseUrl}crossentropy/hand-in`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-XSRFToken": cookie("_xsrf"),
        ...(token ? { Authorization: `token ${token}` } : {}),
      },
      body: JSON.stringify({ path }),
    });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  }

  function element(kind, text, parent) {
    const one = document.createElement(kind);
    one.textContent = text;
    parent.append(one);
    return one;
  }

  function show(app, said) {
    const dialog = document.createElement("dialog");
    dialog.className = "ce-hand-in";
    dialog.setAttribute("aria-labelledby", "ce-hand-in-title");
    dialog.style.cssText =
      "max-width: 34em; padding: 1.2em 1.5em; border-radius: 4px; line-height: 1.45;" +
      "color: var(--jp-ui-font-color1); background: var(--jp-layout-color1);" +
      "border: 1px solid var(--jp-border-color1); font-size: var(--jp-ui-font-size1);" +
      "font-family: var(--jp-ui-font-family)";
    const title = said.problem
      ? "Nothing was handed in"
      : said.complete
        ? "Your file is ready, and nothing is missing"
        : "Your file is ready, and something is missing";
    element("h2", title, dialog).id = "ce-hand-in-title";
    if (said.problem) {
      element("p", said.problem, dialog);
    } else {
      const list = document.createElement("ul");
      for (const sentence of said.sentences) element("li", sentence, list);
      for (const name of said.leftOut) element("li", `${name} is too large and was left out.`, list);
      dialog.append(list);
      element("p", "Give this file to your teacher in the way that you have agreed on:", dialog);
      const place = element("p", "", dialog);
      if (said.shown) {
        const { baseUrl } = app.serviceManager.serverSettings;
        const link = element("a", said.path, place);
        link.href = `${baseUrl}files/${said.path.split("/").map(encodeURIComponent).join("/")}?download=1`;
        link.download = said.path.split("/").pop();
        link.style.color = "var(--jp-content-link-color)";
        element("p", "Press it to download the file. Hand in again as often as you like.", dialog);
      } else {
        place.textContent = said.path;
      }
    }
    const close = element("button", "Close", dialog);
    close.className = "jp-mod-styled jp-mod-accept";
    close.style.cssText = "margin-top: 0.5em; padding: 0 1.2em";
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  const plugin = {
    id: "crossentropy-hand-in:plugin",
    description: "Makes one file of a lesson, to be handed in.",
    autoStart: true,
    activate: (app) => {
      // In a narrow window JupyterLab folds the end of the toolbar away, and with it the sign that
      // a kernel is busy. So this button gives way; the File menu has the command too.
      element("style", NARROW, document.head);
      app.commands.addCommand(COMMAND, {
        label: "Hand in",
        caption: "Make one file of this lesson to hand in, and say what is missing",
        isEnabled: () => Boolean(app.shell.currentWidget?.context?.path?.endsWith(".ipynb")),
        execute: async () => {
          const context = app.shell.currentWidget.context;
          try {
            await context.save();
            show(app, await made(app, context.path));
          } catch (error) {
            show(app, { problem: `That did not work (${error.message}). Save the notebook and try again.` });
          }
        },
      });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["crossentropy-hand-in"] = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
