package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.hardware.SoftHsm;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An officer whose classical key is in a hardware module, here that of OpenDNSSEC in software.
@Tag("all")
@Tag("store")
class HardwareKeysE2E {
  private static final String SECRET = "correct horse battery staple";
  private static final String WRONG_PIN = "the PIN is wrong, and was tried once";
  private static final CrateBuilder ALPHA = CrateBuilder.crate("alpha", "1.0.0");

  private final Path officer = WorkFolder.folder("officer").resolve("keys");
  private final Path host = WorkFolder.folder("host").resolve("keys");
  private final Path medium = WorkFolder.folder("medium");
  private final Path data = WorkFolder.folder("inside");
  private final Path pins = WorkFolder.folder("pins");
  private SoftHsm module;
  private Path right;
  private Path wrong;

  @BeforeEach
  void makeKeys() throws IOException, InterruptedException {
    String library = SoftHsm.library().toString();
    module = new SoftHsm(WorkFolder.folder("token"));
    module.token("lazaret");
    right = Files.writeString(pins.resolve("right"), SoftHsm.PIN + "\n");
    wrong = Files.writeString(pins.resolve("wrong"), "000000\n");
    office(right)
        .run(
            "keys",
            "hardware",
            "ann",
            "--library",
            library,
            "--label",
            "ann",
            "--out",
            officer.toString())
        .ok();
    for (String name : List.of("host", "decisions")) {
      office(right).run("keys", "create", name, "--out", host.toString()).ok();
    }
    Path ceremony = WorkFolder.folder("ceremony");
    String fingerprint =
        json(office(right)
                .run(
                    "keys",
                    "ceremony",
                    officer.resolve("ann.pub.json").toString(),
                    host.resolve("host.pub.json").toString(),
                    host.resolve("decisions.pub.json").toString(),
                    "--stream",
                    "prod",
                    "--root",
                    "1:ann",
                    "--release",
                    "host",
                    "--out",
                    ceremony.toString(),
                    "--json")
                .ok())
            .words("fingerprint");
    Path root = ceremony.resolve("1.root.json");
    office(right)
        .run("sign", root.toString(), "--keys", officer.toString(), "--fingerprint", fingerprint)
        .ok();
    Files.createDirectories(host.resolve("roots"));
    Files.copy(root, host.resolve("roots").resolve("1.root.json"));
    CliProcess.onStore(data)
        .run(
            "trust",
            "init",
            "--data-dir",
            data.toString(),
            "--root",
            root.toString(),
            "--fingerprint",
            fingerprint)
        .ok();
  }

  private CliProcess office(Path pin) {
    return CliProcess.alone()
        .env("LAZARET_PASSPHRASE", SECRET)
        .env("LAZARET_PIN_FILE", pin.toString())
        .env("SOFTHSM2_CONF", module.configuration().toString());
  }

  private static JsonObject json(ProgramResult ran) {
    return JsonObject.parse(ran.out());
  }

  private static FixtureRegistry registry() {
    return Crates.aged(ALPHA);
  }

  private ProgramResult export(GateScene outside, Path keys) {
    CliProcess.beside(outside.gate()).run("prefetch", "alpha@1.0.0").ok();
    return CliProcess.beside(outside.gate())
        .env("LAZARET_PASSPHRASE", SECRET)
        .run(
            "bundle",
            "export",
            medium.toString(),
            "--keys",
            keys.toString(),
            "--crate",
            "alpha@1.0.0",
            "--json");
  }

  private GateProcess inside() {
    return GateProcess.start(
        GateSettings.over(data, WorkFolder.folder("nowhere")).argument("--offline"));
  }

  private static ProgramResult take(GateProcess inside, String bundle) {
    return CliProcess.beside(inside).run("bundle", "import", bundle, "--json");
  }

  private static void assertImported(GateProcess inside, String bundle) {
    assertThat(json(take(inside, bundle).ok()).words("outcome")).isEqualTo("imported");
    assertThat(inside.http().artifact(ALPHA.id()).status()).isEqualTo(200);
  }

  @Test
  void officerSignsABundleWithATokenAndItIsImported() {
    String bundle;
    try (GateScene outside = GateScene.of(registry())) {
      bundle = json(export(outside, host).ok()).words("path");
    }
    try (GateProcess inside = inside()) {
      assertThat(take(inside, bundle).exit()).isNotZero();
      List<String> sign = List.of("sign", bundle, "--yes", "--keys");
      for (int time = 0; time < 2; time++) {
        ProgramResult refused = run(office(wrong), sign, officer).exits(2);
        assertThat(refused.err())
            .contains(WRONG_PIN, "cannot use the key 'ann' in slot 0 of ", "CKR_PIN_INCORRECT");
      }
      assertThat(take(inside, bundle).exit()).isNotZero();

      run(office(right), sign, officer).exits(9);
      run(office(right), sign, host).ok();

      assertImported(inside, bundle);
    }
  }

  private static ProgramResult run(CliProcess cli, List<String> words, Path last) {
    return cli.run(
        Stream.concat(words.stream(), Stream.of(last.toString())).toArray(String[]::new));
  }

  @Test
  void serverSignsWithThePinOfItsEnvironmentOnly() throws IOException {
    Path both = both();
    try (GateScene outside = GateScene.of(registry(), this::withModule)) {
      assertThat(refusal(outside, both))
          .contains("no PIN of its token; set LAZARET_PIN_FILE to a file with it");
    }
    Path pin = Files.copy(wrong, pins.resolve("server"));
    try (GateScene outside =
        GateScene.of(
            registry(),
            settings -> withModule(settings).variable("LAZARET_PIN_FILE", pin.toString()))) {
      assertThat(refusal(outside, both)).contains(WRONG_PIN);
      Files.copy(right, pin, StandardCopyOption.REPLACE_EXISTING);

      JsonObject exported = json(export(outside, both).ok());

      assertThat(exported.texts("unsigned")).isEmpty();
      try (GateProcess inside = inside()) {
        assertImported(inside, exported.words("path"));
      }
    }
  }

  private GateSettings withModule(GateSettings settings) {
    return settings.variable("SOFTHSM2_CONF", module.configuration().toString());
  }

  /// Runs an export that must fail, and returns its message.
  private String refusal(GateScene outside, Path keys) {
    ProgramResult refused = export(outside, keys);
    assertThat(refused.exit()).as(refused.toString()).isNotZero();
    return refused.out() + refused.err();
  }

  /// Returns a folder with the keys of the officer and of the host.
  private Path both() {
    Path both = WorkFolder.folder("both");
    try {
      Files.createDirectories(both.resolve("roots"));
      Files.copy(
          officer.resolve("ann.key.json"),
          both.resolve("ann.key.json"),
          StandardCopyOption.COPY_ATTRIBUTES);
      for (String file : List.of("host.key.json", "decisions.key.json", "roots/1.root.json")) {
        Files.copy(host.resolve(file), both.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return both;
  }
}
