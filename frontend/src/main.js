// The editor bundle: loaded (deferred) by pages on which somebody writes, and by no other.
import { startAutosave } from "./autosave/index.js";
import { RichText } from "./rich_text/element.js";

customElements.define("rich-text", RichText);
startAutosave();
