// SPDX-License-Identifier: Apache-2.0
// Judges pages in a browser that has no script of theirs to run: axe-core finds nothing wrong in light, in dark and on a narrow
// screen; nothing is loaded that the policy forbids; the keyboard alone does what the mouse does.  Pictures are left in PICTURES.
//
//	node pages.js CHROMIUM BASE PICTURES PATH...	a path that has no page: 404:PATH; of a mirror, which has no search: mirror PATH...
"use strict";

const { spawn } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");
const CDP = require("chrome-remote-interface");
const axe = require("axe-core").source;

const WEIGHT_MAX = 50 * 1024;
const VIEWS = [
	{ name: "light", width: 1200, height: 900, scheme: "light" },
	{ name: "dark", width: 1200, height: 900, scheme: "dark" },
	{ name: "narrow", width: 320, height: 640, scheme: "light" },
];

let failed = 0;
const say = (good, name, what) => {
	console.log(`[ ${good ? "      OK" : " FAILED "} ] ${name}${good ? "" : `: ${what}`}`);
	failed += !good;
};

const start = (program, folder) => new Promise((done, fail) => {
	const browser = spawn(program, ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1", `--user-data-dir=${folder}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
	let said = "";
	browser.stderr.on("data", (some) => {
		said += some;
		const port = /DevTools listening on ws:\/\/[^:]*:(\d+)/.exec(said);
		if (port)
			done({ browser, port: Number(port[1]) });
	});
	browser.on("exit", () => fail(new Error(`the browser ended: ${said}`)));
});

class Tab {
	constructor(client) {
		this.client = client;
		this.weight = 0;
		this.words = [];
		client.Network.loadingFinished((e) => { this.weight += e.encodedDataLength; });
		client.Log.entryAdded(({ entry }) => this.words.push(entry.text));
		client.Runtime.exceptionThrown(({ exceptionDetails }) => this.words.push(exceptionDetails.text));
	}

	async value(expression) {
		const { result, exceptionDetails } = await this.client.Runtime.evaluate({ expression, awaitPromise: true, returnByValue: true });
		if (exceptionDetails)
			throw new Error(exceptionDetails.exception ? exceptionDetails.exception.description : exceptionDetails.text);
		return result.value;
	}

	async loaded(action) {
		const load = new Promise((done) => this.client.once("Page.loadEventFired", done));
		await action();
		await load;
	}

	async go(url) {
		this.weight = 0;
		this.words = [];
		await this.loaded(() => this.client.Page.navigate({ url }));
	}

	async look(view) {
		await this.client.Emulation.setDeviceMetricsOverride({ width: view.width, height: view.height, deviceScaleFactor: 1, mobile: false });
		await this.client.Emulation.setEmulatedMedia({ features: [{ name: "prefers-color-scheme", value: view.scheme }] });
	}

	async press(key, text) {
		const code = { Tab: 9, Enter: 13 }[key] || 0;
		const word = { Enter: "\r" }[key] || text;
		await this.client.Input.dispatchKeyEvent({ type: word ? "keyDown" : "rawKeyDown", key, code: key, windowsVirtualKeyCode: code, text: word });
		await this.client.Input.dispatchKeyEvent({ type: "keyUp", key, code: key, windowsVirtualKeyCode: code });
	}

	async write(words) {
		for (const c of words)
			await this.client.Input.dispatchKeyEvent({ type: "char", text: c });
	}

	// Tab until what has the focus is of that kind; how often, or -1.
	async tabTo(selector, most) {
		for (let i = 1; i <= most; i++) {
			await this.press("Tab");
			if (await this.value(`document.activeElement.matches(${JSON.stringify(selector)})`))
				return i;
		}
		return -1;
	}
}

const picture = async (tab, file) => {
	const { data } = await tab.client.Page.captureScreenshot({ captureBeyondViewport: true });
	fs.writeFileSync(file, Buffer.from(data, "base64"));
};

const fileName = (at) => at.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "home";

// A browser complains of each status that is not 200; the one that is wanted is no complaint.
const complaints = (tab, status) => tab.words.filter((words) => !status || !words.includes(`the server responded with a status of ${status} `));

const judgeView = async (tab, base, wanted, view, pictures) => {
	const [, status, at] = /^(?:(\d+):)?(.*)$/.exec(wanted);
	const name = `${at} ${view.name}`;
	await tab.look(view);
	await tab.go(base + at);
	await picture(tab, path.join(pictures, `${fileName(at)}-${view.name}.png`));
	const words = complaints(tab, status);
	say(words.length === 0, `${name}: the browser has no complaint`, words.join("; "));
	say(tab.weight <= WEIGHT_MAX, `${name}: at most 50 KiB are loaded`, `${tab.weight} bytes`);
	say(await tab.value("document.scripts.length") === 0, `${name}: there is no script`, "there is");
	const over = await tab.value("document.documentElement.scrollWidth - innerWidth");
	say(over <= 0, `${name}: nothing is wider than the screen`, `${over} pixels are`);
	await tab.value(`${axe}; 0`);
	const found = JSON.parse(await tab.value("axe.run({ resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary)])))"));
	say(found.length === 0, `${name}: axe-core finds nothing`, JSON.stringify(found));
};

// What a keyboard must reach, in that order.
const judgeKeyboard = async (tab, base) => {
	await tab.look(VIEWS[0]);
	await tab.go(`${base}/services`);
	await tab.press("Tab");
	say(await tab.value("document.activeElement.className") === "skip", "the first stop leads past the head", "it does not");
	await tab.press("Enter");
	say(await tab.value("location.hash") === "#main", "it leads to the content", "it does not");
	const stops = await tab.tabTo("#q", 3);
	say(stops === 1, "the search is the first thing in the content", `it is at stop ${stops}`);
	await tab.write("a<b&c");
	await tab.loaded(() => tab.press("Enter"));
	say(await tab.value("new URL(location).searchParams.get('q')") === "a<b&c", "typing and Enter searches", await tab.value("location.href"));
	await tab.go(`${base}/services`);
	const card = await tab.tabTo(".card h3 a", 20);
	say(card > 0, "the first service is reached", "it is not");
	if (card < 0)
		return;
	const outline = await tab.value("getComputedStyle(document.activeElement).outlineStyle");
	say(outline !== "none", "what has the focus is seen", outline);
	const wanted = await tab.value("document.activeElement.href");
	await tab.loaded(() => tab.press("Enter"));
	say(await tab.value("location.href") === wanted, "Enter opens it", wanted);
	await judgeTask(tab);
};

// On the page of a service: its command is taken along, then its entry in the log is looked at.
const judgeTask = async (tab) => {
	const stops = await tab.tabTo("input.command", 12);
	say(stops > 0, "the command that adds a service is reached", "it is not");
	if (stops < 0)
		return;
	const taken = await tab.value("document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)");
	say(/^ms add \S+@\S+ --store http/.test(taken), "it is selected as a whole, to be copied", taken);
	say(await tab.value("document.activeElement.readOnly"), "nobody changes it by chance", "it can be written in");
	const entry = await tab.tabTo("a[href^='/log?from=']", 30);
	say(entry > 0, "its entry in the log is reached", "it is not");
	if (entry < 0)
		return;
	const index = await tab.value("document.activeElement.textContent.replace(/\\D/g, '')");
	await tab.loaded(() => tab.press("Enter"));
	say(await tab.value("document.querySelector('tbody th').textContent") === index, "and is the first there", `entry ${index} is not`);
};

// A mirror: from its first page to a service, and back to the list that it is in, by links alone.
const judgeMirror = async (tab, base) => {
	await tab.look(VIEWS[0]);
	await tab.go(`${base}/index.html`);
	say(await tab.value("document.forms.length") === 0, "there is no search where nobody answers", "there is");
	const kind = await tab.tabTo(".kinds a", 20);
	say(kind > 0, "a category is reached", "it is not");
	await tab.loaded(() => tab.press("Enter"));
	const card = await tab.tabTo(".card h3 a", 20);
	say(card > 0, "a service in it is reached", "it is not");
	await tab.loaded(() => tab.press("Enter"));
	say(await tab.value("document.querySelectorAll('input.command').length") > 0, "its page is there", await tab.value("location.href"));
	say(await tab.value("getComputedStyle(document.querySelector('.side')).display") === "block", "with its style", "without");
};

const judge = async (port, base, pictures, paths) => {
	const mirror = paths[0] === "mirror" ? paths.shift() : null;
	const client = await CDP({ port });
	await Promise.all([client.Page.enable(), client.Network.enable(), client.Log.enable(), client.Runtime.enable()]);
	const tab = new Tab(client);
	for (const at of paths)
		for (const view of VIEWS)
			await judgeView(tab, base, at, view, pictures);
	await (mirror ? judgeMirror : judgeKeyboard)(tab, base);
	await client.close();
};

const main = async () => {
	const [program, base, pictures, ...paths] = process.argv.slice(2);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
	const { browser, port } = await start(program, folder);
	browser.removeAllListeners("exit");
	const ended = new Promise((done) => browser.on("exit", done));
	try {
		await judge(port, base, pictures, paths);
	} finally {
		browser.kill();
		await ended;
		fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	process.exit(failed ? 1 : 0);
};

main().catch((e) => { console.log(e.stack); process.exit(1); });
