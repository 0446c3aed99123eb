// SPDX-License-Identifier: Apache-2.0
// Pages from a folder, on loopback, with the policy that the store sends: /a/b is a_b.html there.  Says its address, ends with
// its standard input.
//
//	node serve.js FOLDER POLICY
"use strict";

const fs = require("fs");
const http = require("http");
const path = require("path");

const [folder, policy] = process.argv.slice(2);
const types = { ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8" };

const server = http.createServer((request, answer) => {
	const name = new URL(request.url, "http://localhost").pathname.slice(1).replace(/\//g, "_");
	const file = path.join(folder, path.extname(name) in types ? name : `${name}.html`);
	if (!fs.existsSync(file)) {
		answer.writeHead(404).end();
		return;
	}
	answer.writeHead(200, { "content-type": types[path.extname(file)], "content-security-policy": policy, "x-content-type-options": "nosniff" });
	answer.end(fs.readFileSync(file));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
