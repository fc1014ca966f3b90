#!/usr/bin/env python3
"""Makes the files of a frozen build: what one commit of Lazaret stores, signs and exports.

TREE is a checkout of the commit. Its own bin/mirror-server and bin/vetting-cli are run, or with
--classpath the main classes of both programs. OUT is a new folder that gets the archives and
expected.json; README.md beside this file says which holds what. A log is written beside OUT.
"""
import argparse
import base64
import gzip
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

START = datetime(2026, 11, 24, 12, 0, 0, tzinfo=timezone.utc)
PASSPHRASE = "frozen build of the tests"

# What RocksDB writes for people, and what is only room on the disk: an opening needs none of it.
LEFT_OUT = re.compile(r"(^|/)(LOG(\.old\..*)?|OPTIONS-.*|LOCK|lazaret-reserve|lazaret-lock|listening|desk\.sock)$")


def moment(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


# --- the registry: a folder with an index in the sparse layout and archives ---


class Registry:
    def __init__(self, folder):
        self.folder = folder
        self.lines = {}

    def publish(self, name, version, days_old, files=None, manifest="", deps=(), **edits):
        """Packs a crate as cargo does, and adds its line to the index."""
        text = '[package]\nname = "%s"\nversion = "%s"\nedition = "2021"\n%s' % (name, version, manifest)
        content = {"Cargo.toml": text, "src/lib.rs": "pub fn f() -> u8 { 1 }\n"}
        content.update(files or {})
        crate = self.pack("%s-%s/" % (name, version), content)
        self.put("crates/%s/%s-%s.crate" % (name, name, version), crate)
        line = {
            "name": name,
            "vers": version,
            "deps": [
                {"name": d, "req": "^1", "features": [], "optional": False, "default_features": True,
                 "target": None, "kind": "normal"} for d in deps],
            "cksum": hashlib.sha256(crate).hexdigest(),
            "features": {},
            "yanked": False,
            "pubtime": moment(START - timedelta(days=days_old)),
        }
        line.update(edits)
        self.lines.setdefault(name, []).append(line)

    @staticmethod
    def pack(prefix, content):
        raw = io.BytesIO()
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for path, text in content.items():
                info = tarfile.TarInfo(path if path.startswith("..") else prefix + path)
                info.size = len(text.encode())
                info.mode = 0o644
                info.mtime = 1153704088
                tar.addfile(info, io.BytesIO(text.encode()))
        return gzip.compress(raw.getvalue(), mtime=0)

    def put(self, path, data):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def write(self):
        for name, lines in self.lines.items():
            text = "".join(
                (line if isinstance(line, str) else json.dumps(line, separators=(",", ":"))) + "\n"
                for line in lines)
            place = "/".join([name[:2], name[2:4], name]) if len(name) > 3 else "/".join([str(len(name)), name[:1], name])
            self.put("index/" + place, text.encode())

    def cksum(self, name, version):
        return next(line["cksum"] for line in self.lines[name] if line["vers"] == version)


def first_state(registry):
    registry.publish("alpha", "1.0.0", 400, manifest='license = "MIT"\n')
    registry.publish("alpha", "1.0.1", 300, manifest='license = "MIT"\n')
    registry.publish("alpha", "1.1.0", 2, manifest='license = "MIT"\n')
    registry.publish("beta", "1.0.0", 200, deps=["alpha"], manifest='license = "GPL-3.0"\n[dependencies]\nalpha = "1"\n')
    registry.publish("gamma", "1.0.0", 5, manifest='build = "build.rs"\nlicense = "MIT"\n', files={
        "build.rs": 'use std::net::TcpStream;\nfn main() {\n    let s = TcpStream::connect("192.0.2.7:443").unwrap();\n'
                    '    std::process::Command::new("sh").arg("-c").arg("true").status().unwrap();\n    drop(s);\n}\n'})
    registry.publish("evil", "1.0.0", 300, manifest='license = "MIT"\n')
    registry.publish("weak", "1.0.0", 300, manifest='license = "MIT"\n')
    registry.publish("weak", "1.0.1", 100, manifest='license = "MIT"\n')
    registry.publish("bad-archive", "1.0.0", 100, files={"../outside": "x"})
    registry.publish("wrong-bytes", "1.0.0", 100, cksum="ef" * 32)
    registry.publish("vanishing", "1.0.0", 100, manifest='license = "MIT"\n')
    registry.publish("vanishing", "1.0.1", 90, manifest='license = "MIT"\n')
    registry.publish("changing", "1.0.0", 100, manifest='license = "MIT"\n')
    registry.publish("relined", "1.0.0", 100, manifest='license = "MIT"\n')
    registry.publish("Mixed_Case", "0.1.0-rc.1+build.7", 100, manifest='license = "MIT"\n')
    registry.lines["mixed_case"] = registry.lines.pop("Mixed_Case")
    registry.lines["alpha"].append("<html>no line</html>")
    registry.write()


def second_state(registry):
    """What happens upstream: a yank, a removal, another SHA-256, another line, a new version."""
    registry.lines["alpha"][1]["yanked"] = True
    registry.lines["vanishing"] = registry.lines["vanishing"][1:]
    registry.lines["changing"][0]["cksum"] = "cd" * 32
    registry.lines["relined"][0]["features"] = {"more": []}
    registry.publish("beta", "1.0.1", 30, deps=["alpha"], manifest='license = "MIT"\n[dependencies]\nalpha = "1"\n')
    registry.write()


# --- files of the operator ---

POLICY = '''# Every table that a policy file has.
automatic = true
cooldown = "7d"
build-cooldown = "14d"
fast-lane = "clean-delta"

[advisories]
critical = "review"
high = "review"
medium = "warn"
low = "warn"
unknown = "review"
unsound = "warn"
unmaintained = "warn"
notice = "allow"
yanked = "warn"

[feeds]
warn = "7d"
stop = "90d"
past-stop = "approved"

[signals]
high = "review"
review = "review"
note = "allow"
[signals.codes]
build-git = "warn"

[takeover]
level = "review"
[takeover.codes]
version-jump = "warn"

[audits]
criteria = ["safe-to-deploy"]
violation = "deny"
cooldown = "keep"

[approvals]
second-person = ["signals"]
exemption = "90d"
longest = "366d"

[licences]
allow = ["MIT", "Apache-2.0"]
exceptions = [{ crate = "ring", allow = ["ISC"] }]
clarify = [{ crate = "webpki@0.21.4", expression = "ISC" }]
other = "review"
missing = "warn"

[build-scripts]
allow = ["ring", "libc"]
other = "review"

[sources]
git = ["https://github.com/rust-lang/log"]
organisations = ["github.com/rust-lang"]
pinned = "any"

[[ban]]
crate = "openssl"
version = "<0.10"
reason = "unmaintained bindings"
use-instead = "rustls"
level = "deny"

[[override]]
crate = "weak"
version = "=1.0.1"
what = "ACME-2"
reason = "we do not call it"
expires = 2027-06-30

[[test]]
name = "a young version waits"
crate = "serde"
age = "2d"
expect = "hold"
reason = "cooldown"
'''

DENY = '''[advisories]
ignore = ["RUSTSEC-2020-0071"]
unmaintained = "none"
[licenses]
allow = ["MIT", "Apache-2.0"]
[bans]
deny = [{ crate = "openssl", use-instead = "rustls" }]
'''

AUDIT = '''[advisories]
ignore = ["RUSTSEC-2020-0071"]
severity_threshold = "medium"
'''

POLICY_WITH_LAYERS = '''[deny-toml]
file = "deny.toml"
ignore-until = 2027-06-30

[audit-toml]
file = "audit.toml"
ignore-until = 2027-06-30
'''

LOCAL_FEED = '''[[advisory]]
id = "ACME-1"
crate = "weak"
versions = ["<1.0.1"]
kind = "vulnerability"
severity = "high"
reason = "leaks"
date = 2026-11-01
url = "https://example.org/a"
aliases = ["CVE-2026-1"]

[[advisory]]
id = "ACME-2"
crate = "weak"
kind = "unsound"
reason = "reads past its end"

[[advisory]]
id = "ACME-3"
reason = "dropper"
sha256 = ["%s"]
iocs = ["drop.example", "http://drop.example/x", "192.0.2.77", "X-Drop-Marker"]
''' % ("ab" * 32)

RUSTSEC = '''```toml
[advisory]
id = "RUSTSEC-2026-0001"
package = "gamma"
date = "2026-11-20"
informational = "unmaintained"
aliases = ["CVE-2026-7"]

[affected]
arch = ["x86"]
[affected.functions]
"gamma::f" = ["<= 1.2"]

[versions]
patched = [">= 2.0.0"]
```

# Nobody looks after it

Text.
'''

OSV = {
    "id": "MAL-2026-1", "modified": "2026-11-20T00:00:00Z", "published": "2026-11-20T00:00:00Z",
    "summary": "Malicious code in evil", "details": "text",
    "affected": [{"package": {"ecosystem": "crates.io", "name": "evil"}, "versions": ["1.0.0"],
                  "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}],
    "references": [{"type": "ADVISORY", "url": "https://example.org/mal"}],
    "database_specific": {"iocs": {"domains": ["evil.example"]}},
}

AUDITS = '''[criteria.ub-risk]
description = "little unsafe code"
implies = "safe-to-run"

[[audits.alpha]]
who = "Pat Example <pat@example.org>"
criteria = "safe-to-deploy"
version = "1.0.0"
notes = "read"

[[audits.alpha]]
who = "Pat Example <pat@example.org>"
criteria = ["safe-to-deploy", "ub-risk"]
delta = "1.0.0 -> 1.0.1"

[[audits.evil]]
who = "Pat Example <pat@example.org>"
criteria = "safe-to-run"
violation = "*"

[[wildcard-audits.beta]]
who = "Pat Example <pat@example.org>"
criteria = "safe-to-run"
user-id = 1
start = "2025-01-01"
end = "2027-01-01"
'''


def lockfile(registry, packages):
    text = "version = 4\n"
    for name, version in packages:
        text += '\n[[package]]\nname = "%s"\nversion = "%s"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "%s"\n' % (
            name, version, registry.cksum(name, version))
    return text


# --- the programs ---


class Programs:
    def __init__(self, tree, classpath, work):
        self.tree, self.classpath, self.work = tree, classpath, work
        self.now = START
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("LAZARET_")}
        self.environment.update(
            HOME=str(work / "home"), LAZARET_AOT="off", LAZARET_PASSPHRASE=PASSPHRASE,
            LAZARET_CONFIG=str(work / "mirror.toml"), LAZARET_DATA_DIR=str(work / "outside"),
            XDG_CONFIG_HOME=str(work / "home"), XDG_DATA_HOME=str(work / "home"), XDG_CACHE_HOME=str(work / "home"))
        (work / "home").mkdir()
        self.log = open(work / "log.txt", "w")

    def command(self, script, main, words):
        option = "-Dlazaret.clock=" + moment(self.now)
        if self.classpath:
            java = os.path.join(os.environ["JAVA_HOME"], "bin/java")
            return [java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED", option, "-cp", self.classpath, main, *words], self.environment
        return [str(self.tree / "bin" / script), *words], dict(self.environment, LAZARET_JAVA_OPTS=option)

    def cli(self, *words, ends=(0,), give=None):
        """Runs vetting-cli; the moment goes on by a minute."""
        command, environment = self.command("vetting-cli", "lazaret.cli.Main", list(words))
        ran = subprocess.run(command, cwd=self.work, env=environment, input=give, capture_output=True, text=True)
        self.log.write("$ vetting-cli %s\n%s%s-> %d\n\n" % (" ".join(words), ran.stdout, ran.stderr, ran.returncode))
        self.log.flush()
        if ends is not None and ran.returncode not in ends:
            raise SystemExit("vetting-cli %s ended with %d:\n%s%s" % (words, ran.returncode, ran.stdout, ran.stderr))
        self.now += timedelta(minutes=1)
        return ran.stdout

    def server(self, *words):
        return Server(self, words)


class Server:
    def __init__(self, programs, words):
        command, environment = programs.command("mirror-server", "lazaret.mirror.Main", list(words))
        self.programs = programs
        self.process = subprocess.Popen(
            command, cwd=programs.work, env=environment, stdout=programs.log, stderr=programs.log)
        self.listening = programs.work / words[words.index("--data-dir") + 1] / "listening"

    def __enter__(self):
        deadline = time.time() + 60
        while time.time() < deadline:
            if self.process.poll() is not None:
                raise SystemExit("the server ended: see " + str(self.programs.work / "log.txt"))
            if self.listening.exists():
                found = re.search(r"http://[^\s/]+", self.listening.read_text())
                if found:
                    self.url = found.group(0)
                    return self
            time.sleep(0.05)
        raise SystemExit("the server does not listen")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def get(self, path, token=None, method="GET", body=None):
        request = urllib.request.Request(self.url + path, method=method, data=body)
        if token:
            request.add_header("Authorization", "Bearer " + token)
        if body is not None:
            request.add_header("Content-Type", "application/json")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                status, data = answer.status, answer.read()
        except urllib.error.HTTPError as e:
            status, data = e.code, e.read()
        self.programs.log.write("%s %s -> %d\n%s\n" % (method, path, status, data[:400]))
        return status, data


class Receiver(threading.Thread):
    """A receiver of webhooks that takes everything."""

    def __init__(self):
        super().__init__(daemon=True)
        events = self.events = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                events.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d/hook" % self.http.server_port

    def run(self):
        self.http.serve_forever()


# --- what happens ---


def outside(programs, registry, receiver):
    work = programs.work
    (work / "policy.toml").write_text(POLICY)
    (work / "hook.secret").write_text("0123456789abcdef0123456789abcdef\n")
    (work / "mirror.toml").write_text(
        'data-dir = "outside"\nlisten = "127.0.0.1:0"\nupstream = "./registry"\nmode = "enforce"\n'
        'policy-file = "policy.toml"\nmin-free = "0"\n\n'
        '[cache]\nindex-ttl = "0"\nabsent-ttl = "0"\n\n[fetch]\nrequests-per-second = 0\n\n'
        '[feeds]\nlocal = "local.toml"\nrefresh = "6h"\n\n[bundles]\nnetworks = ["lab"]\n\n'
        '[webhooks]\nurls = ["%s"]\nsecret-file = "hook.secret"\nevents = "all"\nprivate-hosts = ["127.0.0.1"]\n' % receiver.url)
    (work / "local.toml").write_text(LOCAL_FEED)
    (work / "rustsec/crates/gamma").mkdir(parents=True)
    (work / "rustsec/crates/gamma/RUSTSEC-2026-0001.md").write_text(RUSTSEC)
    (work / "osv").mkdir()
    (work / "osv/MAL-2026-1.json").write_text(json.dumps(OSV))
    (work / "audits.toml").write_text(AUDITS)
    (work / "Cargo.lock").write_text(lockfile(registry, [("alpha", "1.0.1"), ("beta", "1.0.0")]))
    server = ("--config", "mirror.toml", "--data-dir", "outside")
    with programs.server(*server) as gate:
        at = ()
        admin = (work / "outside/admin-token").read_text().strip()

        def token(name, owner, scope, *more):
            file = work / (name + ".token")
            file.write_text(programs.cli("token", "create", name, "--owner", owner, "--scope", scope, *more, *at))
            return file.name, file.read_text().strip()

        ann_file, _ = token("ann-laptop", "ann", "review")
        ben_file, _ = token("ben-laptop", "ben", "review", "--expires", "90d")
        _, ci = token("ci", "ci", "read")
        token("gone", "gone", "read")
        programs.cli("token", "revoke", "gone", *at)
        programs.cli("feed", "import", "osv", "--kind", "osv", "--as-of", "2026-11-24T00:00:00Z", *at)
        programs.cli("feed", "import", "rustsec", "--kind", "rustsec", "--as-of", "2026-11-24T00:00:00Z", *at)
        programs.cli("audits", "import", "audits.toml", "--name", "peer", *at)
        programs.cli("prefetch", "Cargo.lock", *at, ends=(0, 1))
        programs.cli("verify", "Cargo.lock", *at, ends=None)
        for name, version in [("alpha", "1.0.0"), ("alpha", "1.0.1"), ("alpha", "1.1.0"), ("beta", "1.0.0"), ("gamma", "1.0.0"),
                              ("evil", "1.0.0"), ("weak", "1.0.0"), ("weak", "1.0.1"), ("bad-archive", "1.0.0"),
                              ("wrong-bytes", "1.0.0"), ("vanishing", "1.0.0"), ("vanishing", "1.0.1"),
                              ("changing", "1.0.0"), ("relined", "1.0.0"), ("Mixed_Case", "0.1.0-rc.1+build.7")]:
            place = "/".join([name[:2].lower(), name[2:4].lower(), name.lower()])
            gate.get("/index/" + place, ci)
            key = "mixed_case" if name == "Mixed_Case" else name
            gate.get("/dl/%s/%s/%s" % (name, version.replace("+", "%2B"), registry.cksum(key, version)), ci)
        ann = ("--token-file", ann_file)
        ben = ("--token-file", ben_file)
        programs.cli("approve", "alpha@1.0.0", "--reason", "read it: \"all\" of it, grün\u2713", "--criteria",
                     "safe-to-deploy", "--evidence", "https://example.org/review/1", *ann)
        programs.cli("approve", "alpha@1.0.1", "--delta", "1.0.0", "--reason", "read the difference", "--expires", "90d",
                     "--criteria", "safe-to-run", *ann)
        programs.cli("approve", "weak@1.0.0", "--waive", "ACME-1", "--reason", "ticket 4711", *ann, ends=(0, 8))
        programs.cli("approve", "gamma@1.0.0", "--reason", "first person", *ann, ends=(0, 8))
        programs.cli("approve", "gamma@1.0.0", "--reason", "second person", *ben, ends=(0, 8))
        programs.cli("approve", "evil@1.0.0", "--waive", "MAL-2026-1", "--reason", "a sample", *ann, ends=(0, 8))
        programs.cli("approve", "--lockfile", "Cargo.lock", "--only-withheld", "--reason", "started with it", "--yes", *ben)
        programs.cli("deny", "changing@1.0.0", "--reason", "odd", "--evidence", "mail", *ann)
        programs.cli("revoke", "relined@1.0.0", "--reason", "under investigation", *ben)
        status, _ = gate.get(
            "/desk/v1/crates/gamma/1.0.0/detonation", admin, "PUT",
            json.dumps({"cksum": registry.cksum("gamma", "1.0.0"), "ending": "built", "traces": [
                {"kind": "denied", "what": "connect 192.0.2.7:443"}, {"kind": "ran", "what": "sh"},
                {"kind": "said", "what": "cargo:rustc-cfg=x"}, {"kind": "read", "what": "/etc/passwd"},
                {"kind": "wrote", "what": "target/x"}]}).encode())
        if status != 201:
            raise SystemExit("the evidence of a detonation was refused: %d" % status)
        programs.cli("queue", *at)
        # Commands that 7ca6a98 does not have; what they leave is in later sets.
        for words in [
                ("token", "create", "prefetcher", "--scope", "prefetch"),
                ("request", "evil@1.0.0", "--reason", "a sample for the lab", "--token-file", "ci.token"),
                ("queue", "comment", "evil@1.0.0", "who needs it?"), ("queue", "assign", "evil@1.0.0", "--to", "ben"),
                ("queue", "unassign", "evil@1.0.0"), ("queue", "close", "evil@1.0.0", "--reason", "not here"),
                ("queue", "reopen", "evil@1.0.0", "--reason", "asked again")]:
            programs.cli(*words, ends=None)
        second_state(registry)
        for _ in range(2):
            programs.now += timedelta(hours=1)
            for name in ["alpha", "vanishing", "changing", "relined", "beta"]:
                gate.get("/index/" + "/".join([name[:2], name[2:4], name]), ci)
        programs.cli("removals", "--confirm", ends=None)
        (work / "policy.toml").write_text(POLICY + "\n# The last edit.\n" + POLICY_LAST)
        time.sleep(5)
        programs.cli("feed", "refresh", *at, ends=None)
    (work / "medium").mkdir()
    keys = ("--keys", str(work / "keys"))
    programs.cli("keys", "ceremony", "--single", "me", "--stream", "prod", "--out", "keys")
    programs.now += timedelta(hours=2)
    with programs.server(*server) as gate:
        at = ()
        first = json.loads(programs.cli("bundle", "export", str(work / "medium"), *keys, "--from-lockfile", "Cargo.lock",
                                        "--crate", "alpha", "--crate", "mixed_case", "--allow-missing", "--json", *at))
        gate.get("/index/be/ta/beta", ci)
        gate.get("/dl/beta/1.0.1/" + registry.cksum("beta", "1.0.1"), ci)
        programs.cli("approve", "beta@1.0.1", "--reason", "read it", *at)
        (work / "Cargo.lock").write_text(lockfile(registry, [("alpha", "1.0.1"), ("beta", "1.0.1")]))
        second = json.loads(programs.cli("bundle", "export", str(work / "medium"), *keys, "--from-lockfile", "Cargo.lock",
                                         "--crate", "beta", "--allow-missing", "--json", *at))
        programs.cli("revoke", "alpha@1.0.0", "--reason", "turned out to be bad", *at)
        third = json.loads(programs.cli("bundle", "export", str(work / "medium"), *keys, "--kind", "revocation", "--json", *at))
        programs.cli("backup", str(work / "backup"), *at)
        (work / "ledger.ndjson").write_text(programs.cli("log", "export", *at))
        time.sleep(2)
    return [first, second, third]


POLICY_LAST = '''
[[override]]
crate = "*"
what = "ACME-9"
reason = "not for us"
expires = 2027-06-30
'''


def inside(programs, bundles):
    """Imports into a second store, and serves the first snapshot again."""
    at = ("--data-dir", "inside")
    del programs.environment["LAZARET_CONFIG"]
    programs.environment["LAZARET_OFFLINE"] = "true"
    shown = programs.cli("keys", "show", "keys/roots/1.root.json", "--json")
    fingerprint = next(v for k, v in json.loads(shown).items() if "fingerprint" in k)
    programs.cli("trust", "init", "--root", "keys/roots/1.root.json", "--fingerprint", fingerprint, *at)
    marks = []
    for bundle in bundles:
        programs.now += timedelta(hours=1)
        out = programs.cli("bundle", "import", bundle["path"], "--receipt", "receipt.txt", *at)
        marks += [line.strip() for line in out.splitlines() if line.strip().startswith("lazaret-highwater/")]
    programs.cli("bundle", "rollback", "1", "--reason", "the delta breaks our build", *at)
    (programs.work / "marks.txt").write_text("".join(mark + "\n" for mark in marks))


def expected(programs, bundles):
    """What the commit itself says of its two stores."""
    said = {"clock": moment(programs.now), "bundles": bundles}
    for store in ["outside", "inside"]:
        at = ("--data-dir", store, "--json")
        if store == "outside":
            programs.environment["LAZARET_CONFIG"] = str(programs.work / "mirror.toml")
        else:
            programs.environment.pop("LAZARET_CONFIG")
        programs.cli("fsck", *at)
        said[store] = {
            "log": programs.cli("log", "export", *at).splitlines()[-1],
            "verify": json.loads(programs.cli("verify", "Cargo.lock", "--all", *at, ends=None)),
            "events": programs.cli("log", "export", *at).count("\n"),
        }
    programs.environment["LAZARET_CONFIG"] = str(programs.work / "mirror.toml")
    said["outside"]["show"] = {
        name: json.loads(programs.cli("show", name, "--data-dir", "outside", "--json"))
        for name in ["alpha", "beta", "gamma", "evil", "weak", "vanishing", "changing", "relined", "mixed_case"]}
    return said


# --- packing ---


def pack(archive, folder, names):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in names:
            top = folder / name
            files = sorted(top.rglob("*")) if top.is_dir() else [top]
            for file in files:
                inner = str(file.relative_to(folder))
                if file.is_symlink() or LEFT_OUT.search(inner):
                    continue
                if file.is_dir():
                    out.writestr(zipfile.ZipInfo(inner + "/", (1980, 1, 1, 0, 0, 0)), "")
                elif file.is_file():
                    info = zipfile.ZipInfo(inner, (1980, 1, 1, 0, 0, 0))
                    info.compress_type = zipfile.ZIP_DEFLATED
                    out.writestr(info, file.read_bytes())


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=pathlib.Path)
    words.add_argument("out", type=pathlib.Path)
    words.add_argument("--classpath")
    words.add_argument("--work", type=pathlib.Path, help="a new folder to work in; its path gets into what is stored")
    given = words.parse_args()
    out = given.out.resolve()
    out.mkdir(parents=True)
    os.umask(0o077)
    work = given.work or pathlib.Path(tempfile.mkdtemp(prefix="frozen"))
    work.mkdir(parents=True, exist_ok=given.work is None)
    registry = Registry(work / "registry")
    first_state(registry)
    programs = Programs(given.tree.resolve(), given.classpath, work)
    receiver = Receiver()
    receiver.start()
    try:
        bundles = outside(programs, registry, receiver)
        inside(programs, bundles)
        (work / "deny.toml").write_text(DENY)
        (work / "audit.toml").write_text(AUDIT)
        (work / "layers.toml").write_text(POLICY_WITH_LAYERS)
        said = expected(programs, bundles)
        text = json.dumps(said, indent=1, sort_keys=True).replace(str(work) + "/", "")
        (out / "expected.json").write_text(text + "\n")
        pack(out / "outside.zip", work, ["outside"])
        pack(out / "inside.zip", work, ["inside", "inside.highwater"])
        pack(out / "backup.zip", work, ["backup"])
        pack(out / "bundles.zip", work, ["medium", "keys", "receipt.txt", "marks.txt"])
        pack(out / "files.zip", work, ["policy.toml", "deny.toml", "audit.toml", "layers.toml", "mirror.toml", "local.toml",
                                       "audits.toml", "Cargo.lock", "ledger.ndjson", "hook.secret"])
    finally:
        programs.log.close()
        shutil.copy(work / "log.txt", out.parent / (out.name + ".log"))
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
