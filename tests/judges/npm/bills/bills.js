// SPDX-License-Identifier: Apache-2.0
// Judges a bill of materials by the schema that its standard's makers publish, and then the bill with each of
// these mistakes in it: a judge who lets one pass is none.
//
//	node bills.js cyclonedx BILL
//	node bills.js spdx BILL SCHEMA
"use strict";

const fs = require("fs");

const firstFile = (components) => {
	for (const c of components) {
		const found = c.type === "file" ? c : firstFile(c.components || []);
		if (found)
			return found;
	}
	return null;
};

const mistakes = {
	cyclonedx: {
		"no format": (b) => delete b.bomFormat,
		"a version that is no text": (b) => { b.specVersion = 1.6; },
		"a key that nobody knows": (b) => { b.surprise = 1; },
		"a serial number in capitals": (b) => { b.serialNumber = b.serialNumber.toUpperCase(); },
		"version zero": (b) => { b.version = 0; },
		"a component without a type": (b) => delete b.components[0].type,
		"a component without a name": (b) => delete b.components[0].name,
		"a type that is none": (b) => { b.components[0].type = "thing"; },
		"a hash by an unknown algorithm": (b) => { firstFile(b.components).hashes[0].alg = "SHA-9"; },
		"a hash that is too short": (b) => { firstFile(b.components).hashes[0].content = "abc"; },
		"two licences of different sorts": (b) => { b.components[0].licenses = [{ expression: "MIT" }, { license: { id: "MIT" } }]; },
		"a licence that nobody has": (b) => { b.components[0].licenses = [{ license: { id: "MINE-1.0" } }]; },
		"a dependency of nobody": (b) => delete b.dependencies[0].ref,
		"an aggregate that is none": (b) => { b.compositions[0].aggregate = "mostly"; },
		"a phase that is none": (b) => { b.metadata.lifecycles[0].phase = "lunch"; },
		"a time that is none": (b) => { b.metadata.timestamp = "yesterday"; },
	},
	spdx: {
		"no licence of the data": (b) => delete b.dataLicense,
		"no version of the standard": (b) => delete b.spdxVersion,
		"no time": (b) => delete b.creationInfo.created,
		"nobody made it": (b) => { b.creationInfo.creators = []; },
		"a key that nobody knows": (b) => { b.surprise = 1; },
		"a package without a name": (b) => delete b.packages[0].name,
		"a package from nowhere": (b) => delete b.packages[0].downloadLocation,
		"a category that is none": (b) => { b.packages[0].externalRefs[0].referenceCategory = "GOSSIP"; },
		"a file without a name": (b) => delete b.files[0].fileName,
		"a file without hashes": (b) => { b.files[0].checksums = []; },
		"a hash by an unknown algorithm": (b) => { b.files[0].checksums[0].algorithm = "SHA9"; },
		"a file of no known type": (b) => { b.files[0].fileTypes = ["POEM"]; },
		"a relation that is none": (b) => { b.relationships[0].relationshipType = "LIKES"; },
		"a relation to nobody": (b) => delete b.relationships[0].relatedSpdxElement,
	},
};

const judges = {
	cyclonedx: () => {
		const { Spec: { Version }, Validation: { JsonStrictValidator } } = require("@cyclonedx/cyclonedx-library");
		const judge = new JsonStrictValidator(Version.v1dot6);
		return (text) => judge.validate(text);
	},
	spdx: (schema) => {
		const Ajv = require("ajv");
		const ajv = new Ajv({ strict: false, allErrors: true });
		require("ajv-formats")(ajv);
		const check = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));
		return async (text) => (check(JSON.parse(text)) ? null : check.errors);
	},
};

async function main(standard, path, schema) {
	const judge = judges[standard](schema), text = fs.readFileSync(path, "utf8");
	const verdict = await judge(text);
	let wrong = verdict ? 1 : 0, count = 0;

	if (verdict)
		console.log(`${path} is no good ${standard}:`, JSON.stringify(verdict, null, 1).slice(0, 4000));
	for (const [name, make] of Object.entries(mistakes[standard])) {
		const bill = JSON.parse(text);

		make(bill);
		count++;
		if (!(await judge(JSON.stringify(bill)))) {
			console.log(`${path}: '${name}' is not noticed`);
			wrong++;
		}
	}
	console.log(`${path}: ${wrong ? "refused" : "good"}, ${count} mistakes tried`);
	process.exit(wrong ? 1 : 0);
}

main(...process.argv.slice(2));
