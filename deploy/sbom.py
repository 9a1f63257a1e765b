#!/usr/bin/env python3
"""Writes an SPDX 2.3 document (JSON) of what a built program is linked with.

  deploy/sbom.py build/release/wiredesk > wiredesk.spdx.json

Each shared library that the loader finds for the program is named with its
SHA-256, and with the Debian package and version that it is of. So it must run
where the program was built, or in the image. The time is that of
SOURCE_DATE_EPOCH, if that is set.
"""
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def spdx_id(*parts):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", "-".join(parts))


def libraries_of(program):
    """The paths that the loader resolves, without the kernel's own."""
    found = re.findall(r"(?:=>\s*|^\s*)(/\S+)\s+\(0x", output_of("ldd", program), re.M)
    return sorted({os.path.realpath(path) for path in found})


def package_of(library):
    """Name, version and architecture of a library's Debian package, or None."""
    # Where /lib is a link to /usr/lib, dpkg may know either name.
    for path in (library, re.sub(r"^/usr", "", library), "/usr" + library):
        asked = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True)
        if asked.returncode == 0:
            owner = asked.stdout.splitlines()[0].rsplit(":", 1)[0].split(",")[0]
            fields = output_of("dpkg-query", "-W", "-f",
                               "${Package}\t${Version}\t${Architecture}", owner)
            return tuple(fields.split("\t"))
    return None


def document(program):
    version = output_of(program, "--version").split()
    number = next((word.strip(",") for word in version if word[:1].isdigit()), "NOASSERTION")
    root = {
        "SPDXID": "SPDXRef-wiredesk", "name": "wiredesk", "versionInfo": number,
        "downloadLocation": "NOASSERTION", "licenseDeclared": "Apache-2.0",
        "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
        "filesAnalyzed": False, "primaryPackagePurpose": "APPLICATION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": sha256(program)}],
    }
    packages, relations = {}, []
    for library in libraries_of(program):
        owner = package_of(library) or (os.path.basename(library), "NOASSERTION", "")
        name, version, architecture = owner
        package = packages.setdefault(owner, {
            "SPDXID": spdx_id("Package", name), "name": name, "versionInfo": version,
            "downloadLocation": "NOASSERTION", "licenseDeclared": "NOASSERTION",
            "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
            "filesAnalyzed": False, "primaryPackagePurpose": "LIBRARY",
            "comment": "",
        })
        if architecture:
            package["supplier"] = "Organization: Debian"
            package["externalRefs"] = [{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                "referenceLocator": f"pkg:deb/debian/{name}@{version}?arch={architecture}",
            }]
        package["comment"] += f"{os.path.basename(library)} sha256 {sha256(library)}\n"
        relation = {"spdxElementId": "SPDXRef-wiredesk", "relationshipType": "DYNAMIC_LINK",
                    "relatedSpdxElement": package["SPDXID"]}
        if relation not in relations:
            relations.append(relation)
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", datetime.datetime.now().timestamp()))
    created = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"wiredesk-{number}",
        "documentNamespace": f"urn:wiredesk:sbom:{sha256(program)}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Tool: wiredesk-sbom"]},
        "packages": [root] + sorted(packages.values(), key=lambda one: one["SPDXID"]),
        "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
                           "relatedSpdxElement": "SPDXRef-wiredesk"}] + relations,
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    json.dump(document(sys.argv[1]), sys.stdout, indent=2)
    print()
