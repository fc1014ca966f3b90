package lazaret.cli.cargo;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.cli.cargo.CargoConfig.Setting;
import lazaret.vetting.crates.CratesIo;

/// A check that follows source replacement from the public registry to its end.
///
/// Source: Cargo reference, *Source Replacement*; `docs/registry-protocol.md` §8.1.
public final class SourceReplacementCheck {
  private static final String PUBLIC = "crates-io";
  private static final String PASTE =
      "add the output of 'vetting-cli cargo-config' to .cargo/config.toml";

  private final CargoConfig config;
  private final List<DoctorFinding> findings = new ArrayList<>();

  public SourceReplacementCheck(CargoConfig config) {
    this.config = config;
  }

  /// Returns the findings so far.
  public List<DoctorFinding> findings() {
    return List.copyOf(findings);
  }

  /// Returns the registry that cargo uses, or empty if the end is not an index of the sparse
  /// protocol.
  public Optional<RegistryRoute> route() {
    ignoredVariables();
    overruled();
    Set<String> seen = new HashSet<>();
    String name = PUBLIC;
    String origin = "";
    for (Optional<Setting> next = replacement(name); next.isPresent(); next = replacement(name)) {
      if (!seen.add(name)) {
        findings.add(
            DoctorFinding.problem(
                "replacement-loop",
                "the replacement of source '%s' is circular (%s)"
                    .formatted(name, next.get().origin()),
                PASTE));
        return Optional.empty();
      }
      name = next.get().value();
      origin = origin.isEmpty() ? next.get().origin() : origin;
    }
    return ended(name, origin);
  }

  private Optional<Setting> replacement(String name) {
    return config.get("source", name, "replace-with");
  }

  private Optional<RegistryRoute> ended(String name, String origin) {
    for (String kind : List.of("directory", "local-registry", "git")) {
      Optional<Setting> place = config.get("source", name, kind);
      if (place.isPresent()) {
        findings.add(
            DoctorFinding.problem(
                "replaced-by-" + kind,
                "crates come from the %s '%s' (%s), not from a gate"
                    .formatted(kind, place.get().value(), place.get().origin()),
                "remove the replacement, and " + PASTE));
        return Optional.empty();
      }
    }
    Optional<Setting> source = config.get("source", name, "registry");
    if (source.isPresent()) {
      return index(name, source.get(), false);
    }
    Optional<Setting> registry =
        name.equals(PUBLIC) ? Optional.empty() : config.get("registries", name, "index");
    if (registry.isPresent()) {
      return index(name, registry.get(), true);
    }
    findings.add(
        name.equals(PUBLIC)
            ? DoctorFinding.problem(
                "no-replacement",
                "cargo uses the public registry directly: no source replaces it",
                PASTE)
            : DoctorFinding.problem(
                "replacement-undefined",
                "the public registry is replaced with '%s' (%s), which is not defined"
                    .formatted(name, origin),
                PASTE));
    return Optional.empty();
  }

  private Optional<RegistryRoute> index(String name, Setting setting, boolean registry) {
    String address = setting.value();
    if (CratesIo.isIndex(address) || CratesIo.isIndex(address + "/")) {
      return refused("public-registry", "'%s' is the public registry itself (%s)", setting, PASTE);
    }
    if (!address.startsWith("sparse+")) {
      return refused(
          "not-sparse",
          "'%s' (%s) uses git: the gate supports the sparse protocol only",
          setting,
          "add sparse+ before the address");
    }
    if (!address.endsWith("/")) {
      return refused(
          "no-slash",
          "'%s' (%s) does not end in a slash, and cargo refuses it",
          setting,
          "add a slash at the end");
    }
    try {
      URI index = URI.create(address.substring("sparse+".length()));
      if (index.getHost() != null) {
        return Optional.of(new RegistryRoute(name, index, setting.origin(), registry));
      }
    } catch (IllegalArgumentException _) {
      // reported below, like an address without a host
    }
    return refused("bad-address", "'%s' (%s) is not a URL", setting, PASTE);
  }

  private Optional<RegistryRoute> refused(String code, String what, Setting setting, String cure) {
    findings.add(
        DoctorFinding.problem(code, what.formatted(setting.value(), setting.origin()), cure));
    return Optional.empty();
  }

  private void ignoredVariables() {
    config.environment().keySet().stream()
        .filter(variable -> variable.startsWith("CARGO_SOURCE_"))
        .sorted()
        .forEach(
            variable ->
                findings.add(
                    DoctorFinding.note(
                        "variable-ignored",
                        variable + " is set, but cargo reads no sources from the environment",
                        "write the replacement into a configuration file")));
  }

  private void overruled() {
    List<Setting> all = config.inFiles("source", PUBLIC, "replace-with");
    all.stream()
        .skip(1)
        .filter(weaker -> !weaker.value().equals(all.getFirst().value()))
        .forEach(
            weaker ->
                findings.add(
                    DoctorFinding.note(
                        "overruled",
                        "%s replaces the public registry with '%s', but '%s' of %s takes precedence"
                            .formatted(
                                weaker.origin(),
                                weaker.value(),
                                all.getFirst().value(),
                                all.getFirst().origin()),
                        "keep one of the two")));
  }
}
