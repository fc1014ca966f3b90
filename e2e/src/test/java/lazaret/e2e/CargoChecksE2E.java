package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The requests, results and messages of cargo: checks 1 to 3, 7 and 8 of
/// docs/registry-protocol.md.
@Tag("ci")
class CargoChecksE2E {

  @Test
  void check1ColdFetchRequestsEachFileOnce() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");
      Cargo cargo = Cargo.fresh(scene.gate());

      cargo.run(project.folder(), "fetch").ok();
      List<String> cold = scene.asked(0);
      cargo.run(project.folder(), "fetch").ok();
      List<String> warm = scene.asked(cold.size());
      cargo.run(project.folder(), "update").ok();
      List<String> update = scene.asked(cold.size() + warm.size());

      assertThat(cold)
          .map(CargoChecksE2E::withoutDigest)
          .containsExactlyInAnyOrder(
              "GET /index/config.json 200",
              "GET /index/al/ph/alpha 200",
              "GET /index/be/ta/beta 200",
              "GET /dl/alpha/1.2.0 200",
              "GET /dl/beta/1.0.0 200");
      assertThat(warm).isEmpty();
      assertThat(update)
          .containsExactlyInAnyOrder(
              "GET /index/config.json 200",
              "GET /index/al/ph/alpha 304",
              "GET /index/be/ta/beta 304");
    }
  }

  private static String withoutDigest(String request) {
    return request.replaceFirst("/[0-9a-f]{64} ", " ");
  }

  @Test
  void check2DecisionChangesTheEntityTagAndTheNextUpdateSeesIt() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");
      Cargo cargo = Cargo.fresh(scene.gate());
      cargo.run(project.folder(), "fetch").ok();
      String before = scene.http().index("alpha").header("etag");
      int seen = scene.asked(0).size();

      assertThat(scene.http().decide("deny", "broken", "alpha@1.2.0").status()).isEqualTo(200);
      ProgramResult update = cargo.run(project.folder(), "update").ok();

      assertThat(scene.asked(seen)).contains("GET /index/al/ph/alpha 200");
      assertThat(update.err()).contains("Downgrading alpha v1.2.0 -> v1.1.0");
      HttpProbeClient.Answer after = scene.http().index("alpha");
      assertThat(after.header("etag")).isNotEmpty().isNotEqualTo(before);
    }
  }

  @Test
  void check3BlockedVersionIsNotChosenAndItsDownloadSaysWhy() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder old = CargoProjectFolder.with("alpha = \"1\"");
      Cargo.fresh(scene.gate()).run(old.folder(), "fetch").ok();
      assertThat(old.locked("alpha")).isEqualTo("1.2.0");
      scene.http().decide("deny", "leaks the environment", "alpha@1.2.0");

      CargoProjectFolder free = CargoProjectFolder.with("alpha = \"1\"");
      Cargo.fresh(scene.gate()).run(free.folder(), "fetch").ok();
      ProgramResult exact =
          Cargo.fresh(scene.gate())
              .run(CargoProjectFolder.with("alpha = \"=1.2.0\"").folder(), "fetch")
              .exits(101);
      Cargo cold = Cargo.fresh(scene.gate());
      ProgramResult locked = cold.run(old.folder(), "fetch", "--locked").exits(101);
      ProgramResult update = cold.run(old.folder(), "update").ok();

      assertThat(free.locked("alpha")).isEqualTo("1.1.0");
      assertThat(exact.err()).contains("version 1.2.0 is yanked");
      assertThat(locked.err())
          .contains("got 403")
          .contains("BLOCKED alpha 1.2.0")
          .contains("leaks the environment")
          .contains("1.1.0");
      assertThat(update.err()).contains("Downgrading alpha v1.2.0 -> v1.1.0");
    }
  }

  @Test
  void check3UnblockedVersionIsBack() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      scene.http().decide("deny", "leaks the environment", "alpha@1.2.0");
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Cargo cargo = Cargo.fresh(scene.gate());
      cargo.run(project.folder(), "fetch").ok();
      assertThat(project.locked("alpha")).isEqualTo("1.1.0");

      scene.http().decide("approve", "a false alarm", "alpha@1.2.0");
      ProgramResult update = cargo.run(project.folder(), "update").ok();
      cargo.run(project.folder(), "build", "--locked").ok();

      assertThat(update.err()).contains("Updating alpha v1.1.0 -> v1.2.0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void check7LockOfEachFormatIsTakenAndLeftAsItIs(int format) {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();
      String lock = inFormat(format, project.lock());
      project.lock(lock);

      Cargo.fresh(scene.gate()).run(project.folder(), "fetch", "--locked").ok();

      assertThat(project.lock()).isEqualTo(lock);
    }
  }

  /// Rewrites a lockfile of format 4 whose packages are unique without their sources.
  private static String inFormat(int format, String lock) {
    String marker = "version = 4\n";
    assertThat(lock).contains(marker);
    return switch (format) {
      case 4 -> lock;
      case 3 -> lock.replace(marker, "version = 3\n");
      case 2 -> lock.replace(marker + "\n", "");
      default -> inFormat1(lock.replace(marker + "\n", ""));
    };
  }

  private static String inFormat1(String lock) {
    StringBuilder packages = new StringBuilder();
    StringBuilder metadata = new StringBuilder("\n[metadata]\n");
    String source = "registry+https://github.com/rust-lang/crates.io-index";
    String name = "";
    String version = "";
    for (String line : lock.split("\n", -1)) {
      if (line.startsWith("name = ")) {
        name = line.substring(8, line.length() - 1);
      } else if (line.startsWith("version = ")) {
        version = line.substring(11, line.length() - 1);
      }
      if (line.startsWith("checksum = ")) {
        String key = "checksum %s %s (%s)".formatted(name, version, source);
        metadata.append("\"%s\" = %s%n".formatted(key, line.substring(11)));
      } else {
        packages.append(
            line.equals(" \"alpha\",")
                ? " \"alpha 1.2.0 (" + source + ")\","
                : line.equals(" \"beta\",") ? " \"beta 1.0.0 (" + source + ")\"," : line);
        packages.append('\n');
      }
    }
    return packages.toString().stripTrailing() + "\n" + metadata;
  }

  @Test
  void check7TamperedLockIsRefusedByCargoItself() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();
      project.lock(project.lock().replaceFirst("checksum = \"....", "checksum = \"0000"));
      int seen = scene.asked(0).size();

      ProgramResult fetch = Cargo.fresh(scene.gate()).run(project.folder(), "fetch").exits(101);

      assertThat(fetch.err()).contains("checksum for `alpha v1.2.0` changed between lock files");
      assertThat(scene.asked(seen)).noneMatch(request -> request.contains("/dl/"));
    }
  }

  @Test
  void check8UnknownCrateIsNotFoundAndNothingElse() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      ProgramResult fetch =
          Cargo.fresh(scene.gate())
              .run(CargoProjectFolder.with("nowhere = \"1\"").folder(), "fetch")
              .exits(101);

      assertThat(fetch.err()).contains("no matching package named `nowhere` found");
      assertThat(scene.http().index("nowhere").status()).isEqualTo(404);
    }
  }

  @Test
  void check8OtherSpellingIsSuggested() {
    FixtureRegistry registry =
        Crates.aged(
            CrateBuilder.crate("my-crate", "1.0.0"), CrateBuilder.crate("GammaMix", "1.0.0"));
    try (GateScene scene = GateScene.of(registry)) {
      ProgramResult fetch =
          Cargo.fresh(scene.gate())
              .run(CargoProjectFolder.with("my_crate = \"1\"").folder(), "fetch")
              .exits(101);

      assertThat(fetch.err())
          .contains("no matching package found\nsearched package name: `my_crate`\n")
          .contains("perhaps you meant:      my-crate\n");
    }
  }

  @Test
  void check8MixedCaseNameWorks() {
    FixtureRegistry registry = Crates.aged(CrateBuilder.crate("GammaMix", "1.0.0"));
    try (GateScene scene = GateScene.of(registry)) {
      Cargo cargo = Cargo.fresh(scene.gate());
      CargoProjectFolder project = CargoProjectFolder.with("GammaMix = \"1\"");

      cargo.run(project.folder(), "build").ok();

      assertThat(scene.asked(0))
          .contains("GET /index/ga/mm/gammamix 200")
          .anyMatch(request -> request.startsWith("GET /dl/GammaMix/1.0.0/"));
    }
  }
}
