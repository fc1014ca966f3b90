package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;

/// Attacks by publishers of crates and by attackers between the gate and upstream; check 12 of
/// docs/registry-protocol.md.
class HostileE2E {

  private static CrateBuilder crate(String name) {
    return CrateBuilder.crate(name, "1.0.0");
  }

  /// Returns archives that cargo does not make. The comment of each describes its effect.
  private static Map<String, CrateBuilder> archives() {
    Map<String, CrateBuilder> all = new LinkedHashMap<>();
    // Writes into another crate's folder.
    all.put("climbing", crate("climbing").traversal());
    // Leads out of the folder (CVE-2026-5223 in cargo up to 1.95).
    all.put("symlink", crate("symlink").symlink("src/link", "/etc/passwd"));
    all.put("hardlink", crate("hardlink").rawEntry('1', "hardlink-1.0.0/src/link", ""));
    all.put("foreign", crate("foreign").rawEntry('0', "other-1.0.0/src/lib.rs", "pub fn x() {}"));
    all.put("absolute", crate("absolute").rawEntry('0', "/tmp/absolute", "x"));
    all.put("device", crate("device").rawEntry('3', "device-1.0.0/null", ""));
    // Contains different code for readers that stop at the first member and readers that continue.
    all.put("members", crate("members").behind(crate("members").file("src/b.rs", "").build()));
    all.put("trailing", crate("trailing").behind(Bytes.utf8("something behind the archive")));
    all.put("bomb", crate("bomb").bomb(8 << 20));
    all.put("headless", crate("headless").withoutManifest());
    all.put(
        "renamed",
        crate("renamed").manifest("[package]\nname = \"victim\"\nversion = \"1.0.0\"\n"));
    return all;
  }

  @Test
  void check12HostileArchivesNeverReachAClient() {
    Map<String, CrateBuilder> archives = archives();
    FixtureRegistry registry = Crates.aged(archives.values().toArray(CrateBuilder[]::new));
    try (GateScene scene = GateScene.of(registry, s -> s.set("gate.max-unpacked", "4MiB"))) {
      archives.forEach(
          (attack, crate) -> {
            HttpProbeClient.Answer answer = scene.http().artifact(crate.id());
            assertThat(answer.status()).as(attack + ": " + answer).isEqualTo(403);
            assertThat(answer.text())
                .as(attack)
                .startsWith("BLOCKED " + attack + " 1.0.0: archive-not-conformant")
                .hasSizeLessThanOrEqualTo(400);
          });
      // They are known now and no longer offered to a new resolution.
      for (String attack : archives.keySet()) {
        assertThat(scene.http().index(attack).text()).as(attack).contains("\"yanked\":true");
      }
      assertThat(scene.http().desk("/events").text()).contains("hostile-archive");
    }
  }

  @Test
  void check12WhatIsNoArchiveNeverReachesAClient() {
    Bytes text = Bytes.utf8("this is no archive");
    FixtureRegistry registry =
        Crates.aged(crate("alpha"))
            .line(
                "page",
                "1.0.0",
                crate("page")
                    .indexLine()
                    .cksum(lazaret.vetting.crates.Sha256.of(text))
                    .pubtime(Crates.LONG_AGO)
                    .build())
            .artifact("page", "1.0.0", text);
    try (GateScene scene = GateScene.of(registry)) {
      Cargo cargo = Cargo.fresh(scene.gate());

      ProgramResult fetch =
          cargo.run(CargoProjectFolder.with("page = \"1\"").folder(), "fetch").exits(101);

      assertThat(fetch.err())
          .contains("got 403")
          .contains("BLOCKED page 1.0.0: archive-not-conformant");
      assertThat(cachedCrates(cargo)).isEmpty();
    }
  }

  private static java.util.List<Path> cachedCrates(Cargo cargo) {
    try (Stream<Path> files = Files.walk(cargo.home())) {
      return files.filter(f -> f.toString().endsWith(".crate")).toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void forgedPublishTimeDoesNotShortenTheCooldown() {
    FixtureRegistry registry = Crates.aged(crate("alpha"));
    try (GateScene scene = GateScene.of(registry, s -> s.impatient())) {
      assertThat(scene.http().index("alpha").status()).isEqualTo(200);
      // Published a moment ago, with a publish time of years ago.
      Crates.addAged(registry, CrateBuilder.crate("alpha", "1.0.1"));
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");

      Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();
      HttpProbeClient.Answer forged =
          scene.http().artifact(CrateBuilder.crate("alpha", "1.0.1").id());

      assertThat(project.locked("alpha")).isEqualTo("1.0.0");
      assertThat(forged.status()).isEqualTo(403);
      assertThat(forged.text()).startsWith("BLOCKED alpha 1.0.1: cooldown");
    }
  }

  @Test
  void injectedLinesAreLeftOutAndTheDeskHearsOfThem() {
    FixtureRegistry registry = Crates.aged(crate("alpha"));
    String good = registry.index("al/ph/alpha").map(Bytes::text).orElseThrow().strip();
    String second =
        good.replace("\"cksum\":\"", "\"cksum\":\"00")
            .replaceFirst("..\",\"features", "\",\"features");
    String otherName =
        good.replace("\"name\":\"alpha\"", "\"name\":\"omega\"").replace("1.0.0", "1.0.2");
    String foreign =
        CrateBuilder.crate("alpha", "1.0.3")
            .indexLine()
            .pubtime(Crates.LONG_AGO)
            .build()
            .replace(
                "\"deps\":[]",
                "\"deps\":[{\"name\":\"evil\",\"req\":\"^1\",\"features\":[],\"optional\":false,"
                    + "\"default_features\":true,\"target\":null,\"kind\":\"normal\","
                    + "\"registry\":\"http://127.0.0.1:9/evil\"}]");
    registry
        .line("alpha", "second", second)
        .line("alpha", "other-name", otherName)
        .line("alpha", "foreign", foreign)
        .line("alpha", "no-json", "{\"name\":\"alpha\",\"vers\":\"9.9.9\"")
        .line(
            "alpha",
            "split",
            good.replace("1.0.0", "1.0.4") + "\r" + good.replace("1.0.0", "1.0.5"));
    try (GateScene scene = GateScene.of(registry)) {
      String served = scene.http().index("alpha").text();

      assertThat(served).doesNotContain("omega").doesNotContain("evil").doesNotContain("9.9.9");
      assertThat(served.lines().filter(l -> l.contains("\"vers\":\"1.0.0\"")))
          .hasSizeLessThanOrEqualTo(1);
      assertThat(scene.http().desk("/events").text()).contains("line-left-out");
    }
  }

  @Test
  void traversalInAFolderUpstreamLeadsNowhere() throws Exception {
    Path folder = WorkFolder.folder("upstream");
    Crates.aged(crate("alpha")).writeTo(folder);
    Path secret = folder.resolveSibling("secret");
    Files.writeString(secret, crate("secret").indexLine().pubtime(Instant.EPOCH).build() + "\n");
    Files.createDirectories(folder.resolve("index/se/cr"));
    Files.createSymbolicLink(folder.resolve("index/se/cr/secret"), secret);
    try (GateProcess gate =
        GateProcess.start(GateSettings.over(WorkFolder.folder("data"), folder))) {
      String[] ways = {
        "/index/..%2f..%2fsecret",
        "/index/../../secret",
        "/index/al/ph/..%2f..%2f..%2fsecret",
        "/index/%2e%2e/%2e%2e/secret",
        "/index//etc/passwd",
        "/dl/..%2f..%2fsecret/1.0.0/" + "0".repeat(64),
        "/dl/alpha/..%2f..%2f1.0.0/" + "0".repeat(64),
      };
      for (String way : ways) {
        HttpProbeClient.Answer answer = gate.http().get(way);
        assertThat(answer.status()).as(way).isBetween(400, 499);
        assertThat(answer.text()).as(way).doesNotContain("\"cksum\"").doesNotContain("root:");
      }
      assertThat(gate.http().index("secret").status()).isNotEqualTo(200);
      assertThat(gate.http().index("alpha").status()).isEqualTo(200);
    }
  }
}
