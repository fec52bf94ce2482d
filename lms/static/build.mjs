// Builds lms/static/dist: styles, scripts, fonts, one icon sprite, a manifest of hashed names and the licence list.
// Run by `npm run build`; everything third-party comes out of node_modules and nothing of it is committed.
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const modules = path.join(root, 'node_modules');
const finished = path.join(here, 'dist');
await mkdir(path.join(root, 'build'), { recursive: true });
// Built aside and moved into place at the end, so that a running server never meets half a build.
const dist = await mkdtemp(path.join(root, 'build/static-'));
const manifest = {};

const WEB_FONTS = [
  ['@fontsource-variable/inter/wght.css', ['inter-latin-wght-normal', 'inter-latin-ext-wght-normal']],
  ['@fontsource-variable/inter/wght-italic.css', ['inter-latin-wght-italic']],
  ['@fontsource/noto-naskh-arabic/400.css', ['noto-naskh-arabic-arabic-400-normal']],
  ['@fontsource/noto-naskh-arabic/700.css', ['noto-naskh-arabic-arabic-700-normal']],
];
const ARABIC = 'U+0600-06FF,U+0750-077F,U+0870-08FF,U+200C-200F,U+FB50-FDFF,U+FE70-FEFC';
const PDF_FONTS = {
  '@expo-google-fonts/noto-sans': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  '@expo-google-fonts/noto-naskh-arabic': ['400Regular', '700Bold'],
};

async function filesBelow(folder, endings) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && endings.some((ending) => file.endsWith(ending)) && !file.includes('/dist/')) found.push(file);
  }
  return found.sort();
}

const readAll = async (files) => (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');

async function emit(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const { dir, name: stem, ext } = path.parse(name);
  manifest[name] = path.posix.join(dir, `${stem}-${hash}${ext}`);
  await mkdir(path.join(dist, dir), { recursive: true });
  await writeFile(path.join(dist, manifest[name]), content);
}

// Fonts: the @font-face rules of the chosen subsets, each file under its hashed name.
async function fontFaces() {
  const rules = [];
  for (const [sheet, subsets] of WEB_FONTS) {
    const text = await readFile(path.join(modules, sheet), 'utf8');
    for (const subset of subsets) {
      const plain = `${subset.replace('-wght-normal', '').replace('-wght-italic', '-italic')}.woff2`;
      await emit(plain, await readFile(path.join(modules, path.dirname(sheet), 'files', `${subset}.woff2`)));
      const rule = text.split('/* ').find((part) => part.startsWith(`${subset} */`));
      rules.push(rule.slice(rule.indexOf('@font-face')).replace(/src:[^;]*;/, `src: url(${manifest[plain]}) format('woff2');`).replace(/U\+0600[^;]*/, ARABIC));
    }
  }
  return rules.join('\n');
}

// Open Props: only the tokens that our own style sheets name, and those that these name in turn.
async function openProps() {
  const source = await readAll(await filesBelow(path.join(modules, 'open-props/src'), ['.sizes.css', '.borders.css', '.shadows.css', '.easing.css', '.fonts.css']));
  const known = new Map([...source.matchAll(/(--[\w-]+):\s*([^;{}]+);/g)].reverse().map((found) => [found[1], found[2]]));
  const ours = await readAll(await filesBelow(path.join(here, 'css'), ['.css']));
  const used = new Map();
  const take = (text) => {
    for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
      if (used.has(name) || !known.has(name)) continue;
      used.set(name, known.get(name));
      take(known.get(name));
    }
  };
  take(ours);
  return `:where(html) {${[...used].map(([name, value]) => `${name}: ${value};`).join('\n')}}`;
}

// Icons: the Lucide shapes that templates and Python files name, as symbols of one sprite.
async function sprite() {
  const templates = await filesBelow(path.join(root, 'templates'), ['.html']);
  const text = await readAll([...templates, ...(await filesBelow(path.join(root, 'lms'), ['.py']))]);
  const names = new Set([...text.matchAll(/(?:\bicon|\bdraw|\bicon_button)\(\s*'([a-z0-9-]+)'|\bicon(?:_end)?=["']([a-z0-9-]+)["']/g)].map((found) => found[1] ?? found[2]));
  for (const [, list] of text.matchAll(/\bicons: ([a-z0-9-]+(?:, [a-z0-9-]+)*)/g)) list.split(', ').forEach((name) => names.add(name));
  const symbols = [...names].sort().map(async (name) => {
    const file = await readFile(path.join(modules, 'lucide-static/icons', `${name}.svg`), 'utf8').catch(() => {
      throw new Error(`There is no Lucide icon named "${name}"; choose one that node_modules/lucide-static/icons has.`);
    });
    const shapes = file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.indexOf('</svg>')).replace(/\s+/g, ' ').trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join('')}</svg>`;
}

const virtualStyles = {
  name: 'virtual-styles',
  setup(builder) {
    builder.onResolve({ filter: /^waymark:/ }, ({ path: name }) => ({ path: name, namespace: 'waymark' }));
    builder.onLoad({ filter: /.*/, namespace: 'waymark' }, async ({ path: name }) => ({
      contents: name === 'waymark:fonts' ? await fontFaces() : await openProps(),
      loader: 'css',
      resolveDir: dist,
    }));
    builder.onResolve({ filter: /\.(woff2|svg)$/ }, ({ path: name }) => ({ path: manifest[path.basename(name)] ?? name, external: true }));
  },
};

async function bundle(folder, ending) {
  const entries = (await readdir(path.join(here, folder))).filter((name) => name.endsWith(ending));
  const result = await build({
    entryPoints: entries.map((name) => path.join(here, folder, name)),
    outdir: dist, bundle: true, minify: true, write: false, format: 'esm', legalComments: 'none',
    target: ['chrome125', 'firefox126', 'safari18'], plugins: [virtualStyles],
  });
  for (const file of result.outputFiles) await emit(path.basename(file.path), file.contents);
}

async function licences() {
  const { packages } = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  const { dependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const parts = Object.keys(dependencies).filter((name) => name !== 'esbuild').map(async (name) => {
    const folder = path.join(modules, name);
    const texts = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    return `${name} ${packages[`node_modules/${name}`].version}\n\n${await readAll(texts.map((file) => path.join(folder, file)))}`;
  });
  await writeFile(path.join(dist, 'THIRD-PARTY.txt'), `Files of others that this build carries, with their licences.\n\n${(await Promise.all(parts)).join(`\n${'-'.repeat(72)}\n`)}\n`);
}

async function pdfFonts() {
  await mkdir(path.join(dist, 'fonts/pdf'), { recursive: true });
  for (const [name, faces] of Object.entries(PDF_FONTS)) {
    for (const face of faces) {
      const [file] = await filesBelow(path.join(modules, name, face), ['.ttf']);
      await cp(file, path.join(dist, 'fonts/pdf', path.basename(file)));
    }
  }
}

for (const file of await filesBelow(path.join(here, 'img'), ['.svg'])) await emit(path.basename(file), await readFile(file));
await emit('icons.svg', await sprite());
await bundle('css', '.css');
await bundle('js', '.js');
await pdfFonts();
await licences();
await writeFile(path.join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(finished, { recursive: true, force: true });
await chmod(dist, 0o755);
await rename(dist, finished);
