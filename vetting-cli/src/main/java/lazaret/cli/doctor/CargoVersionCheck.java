package lazaret.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.cli.cargo.CargoConfig;
import lazaret.cli.cargo.CargoConfig.Setting;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.cargo.RegistryRoute;

/// A check of cargo's version and of settings other than the route to the gate.
///
/// Source: docs/registry-protocol.md §12; CVE-2026-5222 and CVE-2026-5223.
final class CargoVersionCheck {
  private static final Pattern VERSION =
      Pattern.compile("(?:cargo )?1\\.(\\d{1,4})(?:\\.\\d+)?\\b.*");

  private final CargoConfig config;
  private final Path cargoHome;
  private final List<DoctorFinding> findings = new ArrayList<>();

  CargoVersionCheck(CargoConfig config, Path cargoHome) {
    this.config = config;
    this.cargoHome = cargoHome;
  }

  /// Checks version, offline mode and proxy.
  ///
  /// @param printed the output of `cargo --version`; empty if it is unknown
  List<DoctorFinding> check(String printed) {
    Matcher version = VERSION.matcher(printed);
    if (version.matches()) {
      minor(printed, Integer.parseInt(version.group(1)));
    } else {
      findings.add(
          DoctorFinding.note(
              "cargo-unknown",
              "the version of cargo is unknown: no cargo was found",
              "add cargo to PATH and run the doctor again"));
    }
    config
        .get("net", "offline")
        .filter(offline -> offline.value().equals("true") || offline.value().equals("1"))
        .ifPresent(
            offline ->
                findings.add(
                    DoctorFinding.note(
                        "offline",
                        "cargo uses no network: net.offline is set (" + offline.origin() + ")",
                        "remove it to fetch through the gate")));
    proxy();
    return List.copyOf(findings);
  }

  private void minor(String printed, int minor) {
    if (minor < 68) {
      findings.add(
          DoctorFinding.problem(
              "cargo-too-old",
              printed + " does not support the sparse protocol",
              "install cargo 1.68 or newer"));
    } else if (minor < 96) {
      findings.add(
          DoctorFinding.note(
              "cargo-old",
              printed
                  + " unpacks links in crates (CVE-2026-5223) and confuses tokens of addresses that"
                  + " differ by .git (CVE-2026-5222); the gate refuses crates with links, but"
                  + " what bypasses it is not checked",
              "install cargo 1.96.1 or newer"));
    } else {
      findings.add(DoctorFinding.ok("cargo", printed));
    }
  }

  private void proxy() {
    Optional<Setting> proxy =
        config
            .get("http", "proxy")
            .or(() -> variable("https_proxy"))
            .or(() -> variable("HTTPS_PROXY"))
            .or(() -> variable("http_proxy"));
    proxy
        .filter(setting -> !setting.value().isBlank())
        .ifPresent(
            setting ->
                findings.add(
                    DoctorFinding.note(
                        "proxy",
                        "cargo uses a proxy (" + setting.origin() + ")",
                        "add the gate's host to no_proxy if the proxy cannot reach it")));
  }

  private Optional<Setting> variable(String name) {
    String value = config.environment().get(name);
    return value == null
        ? Optional.empty()
        : Optional.of(new Setting(value, "environment variable " + name));
  }

  /// Returns a warning if the route is set in neither the environment nor cargo's home, because
  /// `cargo install` reads no project's configuration (docs/registry-protocol.md §8.1).
  Optional<DoctorFinding> installGoesElsewhere(RegistryRoute route) {
    boolean everywhere = route.origin().startsWith(cargoHome.toString());
    boolean variable = route.origin().startsWith("environment");
    return everywhere || variable
        ? Optional.empty()
        : Optional.of(
            DoctorFinding.warning(
                "install-elsewhere",
                "'cargo install' bypasses the gate: it does not read "
                    + route.origin()
                    + " when it runs outside of this folder, and 'cargo vendor' ignores it",
                "run 'vetting-cli cargo-config --home', which adds the same to "
                    + cargoHome.resolve("config.toml")
                    + "; vendor with --respect-source-config"));
  }
}
