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
  private static final Set<String> KINDS =
      Set.of("dependencies", "dev-dependencies", "build-dependencies", "replace");
  private static final String GIT_CURE = "use a published version: code from git is not vetted";

  private final CargoProject project;
  private final CargoConfig config;
  private final List<DoctorFinding> findings = new ArrayList<>();

  PackageSourceCheck(CargoProject project, CargoConfig config) {
    this.project = project;
    this.config = config;
  }

  List<DoctorFinding> check() {
    project
        .unreadable()
        .forEach(
            why ->
                findings.add(
                    DoctorFinding.problem(
                        "manifest-unreadable", why, "repair it: cargo refuses it")));
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
              if (path.size() >= 3 && isDependency(path)) {
                String where = path.get(path.size() - 2) + " in " + file;
                String value = values.getFirst();
                switch (key) {
                  case "git" -> add(places, "git-source\n" + value, where);
                  case "registry", "registry-index" ->
                      add(places, "other-registry\n" + value, where);
                  case "path" ->
                      outside(project, file, value)
                          .ifPresent(folder -> add(places, "path-source\n" + folder, where));
                  default -> {}
                }
              }
            });
  }

  /// Returns the folders outside of a workspace from which its manifests use crates.
  static List<Path> foldersOutside(CargoProject project) {
    Set<Path> folders = new TreeSet<>();
    project
        .manifests()
        .forEach(
            (file, keys) ->
                keys.values()
                    .forEach(
                        (path, values) -> {
                          if (path.size() >= 3
                              && path.getLast().equals("path")
                              && isDependency(path)) {
                            outside(project, file, values.getFirst()).ifPresent(folders::add);
                          }
                        }));
    return List.copyOf(folders);
  }

  private static Optional<Path> outside(CargoProject project, Path file, String value) {
    return FlatToml.position(file, value).filter(folder -> !folder.startsWith(project.root()));
  }

  private static boolean isDependency(List<String> path) {
    String table = path.get(path.size() - 3);
    return KINDS.contains(table) || (path.size() == 4 && path.getFirst().equals("patch"));
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
                    .formatted(lock.fromCratesIo().size(), file)));
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
      case PackageSource.CratesIo _ when locked.checksum() == null ->
          findings.add(
              DoctorFinding.problem(
                  "no-checksum",
                  "%s has no checksum: %s".formatted(locked.id(), file),
                  "complete the lockfile with 'cargo update -w'"));
      case PackageSource.CratesIo _, PackageSource.Local _ -> {}
    }
  }
}
