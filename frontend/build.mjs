// Builds everything under static/ that comes from npm packages:
//   static/build/    the editor bundle (src/), with the licences of what it contains
//   static/icons.svg the sprite of the icons named in icons.txt
//   static/vendor/   scripts taken over unchanged, each with its licence
// The results are committed: running the portal needs no Node. Same lock file, same bytes.
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const here = import.meta.dirname;
const target = path.resolve(here, process.argv[2] ?? "../static");
const modules = path.join(here, "node_modules");

const read = (...parts) => readFile(path.join(...parts), "utf8");
const packageOf = async (name) => JSON.parse(await read(modules, name, "package.json"));

async function write(name, text) {
  const file = path.join(target, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text.endsWith("\n") ? text : text + "\n");
}

/** Bundle the editor; name each package in it with its licence beside the bundle. */
async function editor() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: ["src/main.js"],
    outfile: path.join(target, "build/editor.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    metafile: true,
    banner: { js: "/* Generated from frontend/src by `npm run build`: do not edit. Licences: editor.LICENSES.txt */" },
  });
  const names = new Set();
  for (const input of Object.keys(result.metafile.inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) names.add(found[1]);
  }
  const notices = [];
  for (const name of [...names].sort()) {
    const { version } = await packageOf(name);
    notices.push(`${name} ${version}\n\n${(await read(modules, name, "LICENSE")).trim()}\n`);
  }
  await write("build/editor.LICENSES.txt", notices.join(`\n${"-".repeat(72)}\n\n`));
}

/** One symbol an icon, its id "i-" and the name. */
async function icons() {
  const names = (await read(here, "icons.txt")).split("\n").filter((line) => line && !line.startsWith("#"));
  const source = "@phosphor-icons/core";
  const symbols = [];
  for (const name of names) {
    const svg = await read(modules, source, "assets/regular", `${name}.svg`);
    const [, viewBox, body] = /<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s.exec(svg);
    symbols.push(`<symbol id="i-${name}" viewBox="${viewBox}">${body}</symbol>`);
  }
  const { version } = await packageOf(source);
  const note = `<!-- Generated from frontend/icons.txt. Phosphor Icons ${version}, MIT licence: icons.LICENSE.txt -->`;
  await write("icons.svg", `${note}\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>`);
  await write("icons.LICENSE.txt", await read(modules, source, "LICENSE"));
}

/** A script taken as it is. A source map reference would break the static manifest: it is left out. */
async function vendor(name, file) {
  const { version } = await packageOf(name);
  const script = (await read(modules, name, file)).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "");
  const folder = `vendor/${name.replace(/\.org$|js$/, "")}`;
  await write(`${folder}/${path.basename(file).toLowerCase()}`, script);
  await write(`${folder}/LICENSE.txt`, await read(modules, name, "LICENSE"));
  await write(`${folder}/VERSION.txt`, `${name} ${version}`);
}

await Promise.all([editor(), icons(), vendor("htmx.org", "dist/htmx.min.js"), vendor("sortablejs", "Sortable.min.js")]);
