"""The look of a question's card: JupyterLab's own colours, so that it fits every theme."""

# The second value of each var() is for front ends without JupyterLab's variables. Right and wrong
# differ by words and by line style (solid, dashed) as well as by colour.
STYLE = """<style>
.ce-quiz.jupyter-widgets {
  box-sizing: border-box; max-width: 46rem; margin: 6px 0 10px; padding: 14px 18px 16px;
  overflow: visible; border: 1px solid var(--jp-border-color2, #bdbdbd); border-radius: 6px;
  background: var(--jp-layout-color1, transparent);
  color: var(--jp-content-font-color1, inherit);
  --ce-shade: color-mix(in srgb, var(--jp-content-font-color1, #888) 6%, transparent);
}
.ce-quiz .jupyter-widgets { margin: 0; overflow: visible; box-sizing: border-box; }
.ce-quiz .ce-part.widget-html, .ce-quiz .ce-part.widget-htmlmath {
  display: block; width: auto; min-width: 0; height: auto; line-height: inherit;
}
.ce-quiz .ce-part > div { line-height: 1.5; font-size: var(--jp-content-font-size1, 14px); }
.ce-quiz .ce-hidden { display: none; }

.ce-quiz .ce-head {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 16px;
  margin-bottom: 8px; font-size: 12px; color: var(--jp-ui-font-color2, inherit);
}
.ce-quiz .ce-label { font-weight: 600; }
.ce-quiz .ce-id { font-family: var(--jp-code-font-family, monospace); }

.ce-quiz .ce-text { overflow-wrap: anywhere; }
.ce-quiz .ce-text > * { margin: 0 0 8px; }
.ce-quiz .ce-text > *:last-child { margin-bottom: 0; }
.ce-quiz .ce-text ul, .ce-quiz .ce-text ol { padding-left: 1.5em; }
.ce-quiz .ce-text code {
  padding: 1px 4px; border-radius: 3px; font-family: var(--jp-code-font-family, monospace);
  font-size: var(--jp-code-font-size, 13px); background: var(--ce-shade);
  color: var(--jp-content-font-color1, inherit); white-space: pre-wrap;
}
.ce-quiz .ce-text pre {
  padding: 8px 12px; border: 1px solid var(--jp-cell-editor-border-color, #8886);
  border-radius: 4px; background: var(--jp-cell-editor-background, #8881);
  line-height: var(--jp-code-line-height, 1.4); white-space: pre-wrap;
}
.ce-quiz .ce-text pre code { padding: 0; background: none; }
.ce-quiz .ce-part img { max-width: 100%; height: auto; }
.ce-quiz .ce-entry + .ce-part img { display: block; margin-top: 12px; }
.ce-quiz .ce-text a { color: var(--jp-content-link-color, inherit); text-decoration: underline; }
.ce-quiz .ce-text + .ce-text { margin-top: 10px; }
.ce-quiz .ce-text table {
  display: block; overflow-x: auto; overflow-wrap: normal; border-collapse: collapse;
}
.ce-quiz .ce-text td, .ce-quiz .ce-text th {
  padding: 3px 10px; border: 1px solid var(--jp-border-color2, #bdbdbd);
}
.ce-quiz .ce-text div.math { overflow-x: auto; overflow-y: hidden; }
.ce-quiz .ce-text div.math mjx-container { margin: 4px 0; }
.ce-quiz .ce-again { font-size: 12px; color: var(--jp-ui-font-color2, inherit); }
.ce-quiz .ce-text pre .k, .ce-quiz .ce-text pre .kc, .ce-quiz .ce-text pre .kn,
.ce-quiz .ce-text pre .ow {
  color: var(--jp-mirror-editor-keyword-color, inherit); font-weight: bold;
}
.ce-quiz .ce-text pre .o { color: var(--jp-mirror-editor-operator-color, inherit); }
.ce-quiz .ce-text pre .mi, .ce-quiz .ce-text pre .mf {
  color: var(--jp-mirror-editor-number-color, inherit);
}
.ce-quiz .ce-text pre .s1, .ce-quiz .ce-text pre .s2, .ce-quiz .ce-text pre .sd {
  color: var(--jp-mirror-editor-string-color, inherit);
}
.ce-quiz .ce-text pre .c1 {
  color: var(--jp-mirror-editor-comment-color, inherit); font-style: italic;
}
.ce-quiz .ce-text pre .nb { color: var(--jp-mirror-editor-builtin-color, inherit); }

.ce-quiz .ce-row {
  position: relative; display: flex; align-items: flex-start; gap: 12px; margin-top: 8px;
  padding: 8px 12px 8px 11px; border: 1px solid var(--jp-border-color2, #bdbdbd);
  border-radius: 4px;
}
.ce-quiz .ce-row:hover { background: var(--ce-shade); }
.ce-quiz .ce-row:hover .ce-letter.jupyter-button { border-color: var(--jp-ui-font-color1, #333); }
.ce-quiz .ce-row .ce-part { flex: 1 1 0; padding-top: 4px; }
.ce-quiz .ce-row .ce-letter.jupyter-button {
  position: static; flex: none; width: 30px; height: 30px; padding: 0; line-height: 28px;
  text-align: center; text-transform: uppercase; font-weight: 600; font-size: 14px;
  border-radius: 4px;
  border: 1px solid var(--jp-border-color1, #757575);
  background: var(--jp-layout-color1, transparent); color: var(--jp-ui-font-color1, inherit);
}
/* The button reaches over its whole row, so that the option's text can be clicked too. */
.ce-quiz .ce-letter.jupyter-button::after {
  content: ""; position: absolute; z-index: 1; inset: 0; border-radius: 4px;
}
.ce-quiz .jupyter-button, .ce-quiz .jupyter-button:hover { box-shadow: none; }
/* After a click the ring would be noise; :focus-visible leaves it to the keyboard. */
.ce-quiz .ce-row:has(.ce-letter:focus-visible), .ce-quiz .ce-letter:focus-visible,
.ce-quiz .ce-action.jupyter-button:focus-visible,
.ce-quiz .ce-move.jupyter-button:focus-visible,
.ce-quiz .ce-check.jupyter-button:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px;
}
.ce-quiz .ce-mark { margin-top: 4px; font-size: 12px; font-weight: 600; }
.ce-quiz .ce-row.ce-right, .ce-quiz .ce-row.ce-wrong, .ce-quiz .ce-row.ce-chosen {
  padding-left: 8px; border-left-width: 4px;
}
.ce-quiz .ce-row.ce-right { border-color: var(--jp-success-color1, #388e3c); }
.ce-quiz .ce-row.ce-wrong {
  border-color: var(--jp-error-color1, #d32f2f); border-style: dashed;
}
.ce-quiz .ce-row.ce-chosen { border-color: var(--jp-brand-color1, #1976d2); }

.ce-quiz .ce-row.ce-picked {
  padding-left: 8px; border-left-width: 4px; border-color: var(--jp-brand-color1, #1976d2);
}
.ce-quiz .ce-row.ce-picked .ce-letter.jupyter-button {
  background: var(--jp-brand-color1, #1976d2); border-color: var(--jp-brand-color1, #1976d2);
  color: var(--jp-ui-inverse-font-color1, #fff);
}
.ce-quiz .ce-row .ce-move.jupyter-button {
  flex: none; width: 30px; height: 30px; padding: 0; line-height: 28px; border-radius: 4px;
  border: 1px solid var(--jp-border-color1, #757575); font-size: 14px;
  background: var(--jp-layout-color1, transparent); color: var(--jp-ui-font-color1, inherit);
}
.ce-quiz .ce-row.ce-step { gap: 6px; }
.ce-quiz .ce-row.ce-step:hover { background: none; }
.ce-quiz .ce-step .ce-part { margin-left: 8px; }
.ce-quiz .jupyter-button[disabled] { opacity: 0.45; }
.ce-quiz .ce-letter.jupyter-button[disabled]::after { content: none; }
.ce-sitting > .widget-vbox > .ce-quiz.jupyter-widgets { max-width: none; margin: 8px 0; }

/* What is for a screen reader only, and the clock of a challenge. */
.ce-quiz .ce-unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.ce-quiz .ce-clock:not(:empty) {
  display: inline-block; margin-bottom: 8px; padding: 2px 10px; border-radius: 4px;
  border: 1px solid var(--jp-border-color1, #757575); font-weight: 600;
  font-variant-numeric: tabular-nums;
}
.ce-quiz .ce-clock.ce-late {
  border: 2px dashed var(--jp-error-color1, #d32f2f); padding: 1px 9px;
}
.ce-quiz .ce-status { font-size: 13px; color: var(--jp-ui-font-color1, inherit); }

.ce-quiz .ce-entry {
  display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin-top: 10px;
}
.ce-quiz .ce-number.widget-text { flex: 0 1 22rem; width: auto; min-width: 0; height: auto; }
.ce-quiz .ce-number .widget-label {
  width: auto; flex: none; text-align: left; color: var(--jp-ui-font-color1, inherit);
}
.ce-quiz .ce-number.widget-text input[type="text"] {
  height: 32px; padding: 0 8px; font-family: var(--jp-code-font-family, monospace);
  font-size: var(--jp-code-font-size, 13px); min-width: 6rem;
  border: 1px solid var(--jp-border-color1, #757575); border-radius: 4px;
  background: var(--jp-layout-color1, transparent); color: var(--jp-ui-font-color1, inherit);
}
.ce-quiz .ce-number.widget-text input[type="text"]:focus {
  outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px;
}
.ce-quiz .ce-number.widget-slider { flex: 0 1 28rem; width: auto; min-width: 0; }
.ce-quiz .ce-action.jupyter-button, .ce-quiz .ce-check.jupyter-button {
  width: auto; height: 30px; padding: 0 12px; line-height: 28px; border-radius: 4px;
  border: 1px solid var(--jp-border-color1, #757575);
  background: var(--jp-layout-color1, transparent); color: var(--jp-ui-font-color1, inherit);
}
.ce-quiz .ce-action.jupyter-button:hover, .ce-quiz .ce-check.jupyter-button:hover {
  background: var(--ce-shade);
}
.ce-quiz .ce-actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }

.ce-quiz .ce-panel {
  margin-top: 12px; padding: 8px 12px; border-radius: 4px;
  border-left: 4px solid var(--jp-border-color1, #757575);
  background: var(--ce-shade);
}
.ce-quiz .ce-panel.ce-right { border-left-color: var(--jp-success-color1, #388e3c); }
.ce-quiz .ce-panel.ce-wrong {
  border-left-color: var(--jp-error-color1, #d32f2f); border-left-style: dashed;
}
.ce-quiz .ce-panel.ce-chosen { border-left-color: var(--jp-brand-color1, #1976d2); }
.ce-quiz .ce-panel.ce-notice {
  border-left-color: var(--jp-warn-color1, #f57c00); border-left-style: double;
}
.ce-quiz .ce-title { margin: 10px 0 2px; font-weight: 600; }
.ce-quiz .ce-title:first-child { margin-top: 0; }
</style>"""
