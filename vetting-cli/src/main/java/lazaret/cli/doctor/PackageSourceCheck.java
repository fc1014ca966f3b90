package lazaret.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lazaret.cli.cargo.CargoConfig;
import lazaret.cli.cargo.CargoProject;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.cargo.FlatToml;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.cargo.SourceReplacementCheck;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;

/// A check for crates from other sources than the registry: git repositories, other registries and
/// folders.
///
/// Source: Cargo reference, *Specifying Dependencies* and *Overriding Dependencies*.
final class PackageSourceCheck {
  private static final String GIT_CURE =
      "use a published version, or approve the commit and build with the folders of 'vetting-cli"
          + " git-sources sync'";

  private final CargoProject project;
  private final CargoConfig config;

  /// The private index of the gate that cargo uses here; empty if it uses none.
  private final String own;

  private final List<DoctorFinding> findings = new ArrayList<>();

  PackageSourceCheck(CargoProject project, CargoConfig config) {
    this.project = project;
    this.config = config;
    this.own =
        new SourceReplacementCheck(config)
            .route()
            .map(gate -> "sparse+" + gate.index().resolve("/private/index/"))
            .orElse("");
  }

  List<DoctorFinding> check() {
    findings.addAll(project.faults());
    Map<String, Set<String>> places = new LinkedHashMap<>();
    project.manifests().forEach((file, keys) -> manifest(file, keys, places));
    for (CargoConfig.Layer layer : config.layers()) {
      // Cargo's configuration may contain [patch], too.
      manifest(layer.file(), patches(layer.keys()), places);
      layer
          .keys()
          .all(List.of("paths"))
          .forEach(path -> add(places, "path-override\n" + path, layer.file().toString()));
    }
    places.forEach((what, where) -> tell(what, String.join(", ", where)));
    lockfile();
    return List.copyOf(findings);
  }

  private static FlatToml patches(FlatToml keys) {
    Map<List<String>, List<String>> patches = new LinkedHashMap<>(keys.values());
    patches.keySet().removeIf(path -> !path.getFirst().equals("patch"));
    return new FlatToml(patches);
  }

  private void manifest(Path file, FlatToml keys, Map<String, Set<String>> places) {
    keys.values()
        .forEach(
            (path, values) -> {
              String key = path.getLast();
              if (path.size() >= 3 && CargoProject.isDependency(path)) {
                String where = path.get(path.size() - 2) + " in " + file;
                String value = values.getFirst();
                switch (key) {
                  case "git" -> add(places, "git-source\n" + value, where);
                  case "registry" -> {
                    String index =
                        config
                            .get("registries", value, "index")
                            .map(CargoConfig.Setting::value)
                            .orElse("");
                    registry(index, places, "other-registry\n" + value, where);
                  }
                  case "registry-index" ->
                      registry(value, places, "other-registry\n" + value, where);
                  case "path" ->
                      outside(project, file, value)
                          .ifPresent(folder -> add(places, "path-source\n" + folder, where));
                  default -> {}
                }
              }
            });
  }

  /// Returns the folders outside of a workspace from which its manifests use crates, or that have
  /// manifests of it.
  static List<Path> foldersOutside(CargoProject project) {
    Set<Path> folders = new TreeSet<>();
    project
        .manifests()
        .forEach(
            (file, keys) -> {
              outside(project, file, "").ifPresent(folders::add);
              keys.values()
                  .forEach(
                      (path, values) -> {
                        if (path.size() >= 3
                            && path.getLast().equals("path")
                            && CargoProject.isDependency(path)) {
                          outside(project, file, values.getFirst()).ifPresent(folders::add);
                        }
                      });
            });
    return List.copyOf(folders);
  }

  private static Optional<Path> outside(CargoProject project, Path file, String value) {
    return FlatToml.position(file, value).filter(folder -> !folder.startsWith(project.root()));
  }

  /// Adds a registry, unless it is the private one of the gate.
  private void registry(String index, Map<String, Set<String>> places, String what, String where) {
    if (own.isEmpty() || !own.equals(index)) {
      add(places, what, where);
    }
  }

  private static void add(Map<String, Set<String>> places, String what, String where) {
    places.computeIfAbsent(what, _ -> new TreeSet<>()).add(where);
  }

  private void tell(String codeAndValue, String where) {
    int line = codeAndValue.indexOf('\n');
    String code = codeAndValue.substring(0, line);
    String value = codeAndValue.substring(line + 1);
    findings.add(
        switch (code) {
          case "git-source" ->
              DoctorFinding.problem(
                  code,
                  "the git repository %s bypasses the gate: %s".formatted(value, where),
                  GIT_CURE);
          case "other-registry" ->
              DoctorFinding.problem(
                  code,
                  "the registry '%s' bypasses the gate: %s".formatted(value, where),
                  "use the public registry through the gate, or vet that registry separately");
          case "path-override" ->
              DoctorFinding.note(
                  code,
                  "the folder %s replaces a crate: %s".formatted(value, where),
                  "remove 'paths' if it is not intended");
          default ->
              DoctorFinding.note(
                  code,
                  "the folder %s is outside of the workspace and is built without vetting: %s"
                      .formatted(value, where),
                  "check who can write to it");
        });
  }

  private void lockfile() {
    Path file = project.root().resolve("Cargo.lock");
    if (!Files.exists(file)) {
      findings.add(
          DoctorFinding.note(
              "no-lockfile",
              "there is no " + file,
              "create one with 'cargo generate-lockfile', and build with --locked"));
      return;
    }
    try {
      Lockfile lock = Lockfile.parse(Bytes.of(ProjectFile.read(file, Lockfile.MAX_BYTES)));
      int before = findings.size();
      lock.packages().forEach(locked -> locked(locked, file));
      if (findings.size() == before) {
        findings.add(
            DoctorFinding.ok(
                "lockfile-clean",
                "all %d external packages of %s come from the registry"
                    .formatted(lock.throughGate().size(), file)));
      }
    } catch (IOException | MalformedException e) {
      findings.add(
          DoctorFinding.problem(
              "lockfile-unreadable",
              "cannot read %s: %s".formatted(file, e.getMessage()),
              "create it again with 'cargo generate-lockfile'"));
    }
  }

  private void locked(LockedPackage locked, Path file) {
    switch (locked.source()) {
      case PackageSource.Git git ->
          findings.add(
              DoctorFinding.problem(
                  "locked-git",
                  "%s comes from the git repository %s: %s".formatted(locked.id(), git.url(), file),
                  GIT_CURE));
      case PackageSource.OtherRegistry other ->
          findings.add(
              DoctorFinding.problem(
                  "locked-other-registry",
                  "%s comes from the registry %s: %s".formatted(locked.id(), other.url(), file),
                  "use the public registry through the gate; if that address is the gate's own,"
                      + " replace the source instead of naming a registry"));
      case PackageSource.CratesIo _, PackageSource.Private _ when locked.checksum() == null ->
          findings.add(
              DoctorFinding.problem(
                  "no-checksum",
                  "%s has no checksum: %s".formatted(locked.id(), file),
                  "complete the lockfile with 'cargo update -w'"));
      case PackageSource.Private other when !other.url().equals(own) ->
          findings.add(
              DoctorFinding.warning(
                  "locked-other-registry",
                  "%s comes from the private registry %s, and cargo uses another gate here: %s"
                      .formatted(locked.id(), other.url(), file),
                  "find out whose registry it is"));
      case PackageSource.CratesIo _, PackageSource.Private _, PackageSource.Local _ -> {}
    }
  }
}
