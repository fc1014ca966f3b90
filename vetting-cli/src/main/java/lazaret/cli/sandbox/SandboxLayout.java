package lazaret.cli.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lazaret.cli.cargo.PrivateRegistryAddresses;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerLocator;
import lazaret.cli.doctor.CargoWorkspace;
import lazaret.credential.CredentialsFile;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.bubblewrap.CheckedFolders;
import lazaret.sandbox.bubblewrap.CheckedFolders.Named;
import lazaret.sandbox.cargo.RustToolchain;
import lazaret.sandbox.output.BuildOutputFolder;
import lazaret.sandbox.relay.CargoRelayConfig.PrivateRegistry;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.UserFolders;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The folders and the toolchain of a sandboxed build.
///
/// @param workspace the workspace that is built, which is inside the project
/// @param project the folder that the build can read
/// @param within the working folder, relative to the project
/// @param target the target folder, which the build writes
/// @param built the folder that receives final artifacts; no build can write to it
/// @param cache the folder of all package caches of the user
/// @param toolchain the toolchain with cargo and rustc
/// @param offLimits the paths that must not be visible in the sandbox
/// @param registries the private registries that the project uses
public record SandboxLayout(
    CargoWorkspace workspace,
    Path project,
    Path within,
    Path target,
    Path built,
    Path cache,
    RustToolchain toolchain,
    List<Path> offLimits,
    List<PrivateRegistry> registries) {
  /// The private folders and files of a home folder.
  private static final List<String> SECRETS =
      List.of(
          ".aws",
          ".azure",
          ".cargo",
          ".config/chromium",
          ".config/gcloud",
          ".config/gh",
          ".config/git",
          ".config/google-chrome",
          ".config/lazaret",
          ".docker",
          ".git-credentials",
          ".gnupg",
          ".kube",
          ".local/share/keyrings",
          ".mozilla",
          ".netrc",
          ".npmrc",
          ".password-store",
          ".pgpass",
          ".pypirc",
          ".ssh",
          ".thunderbird",
          ".vault-token");

  private static final int KEY_LENGTH = 16;
  private static final long MOST_BYTES = 4L << 30;

  /// Copies the lists.
  public SandboxLayout {
    offLimits = List.copyOf(offLimits);
    registries = List.copyOf(registries);
  }

  /// The folders that were named on the command line.
  ///
  /// @param project the project, or null for the workspace of the working folder
  /// @param target the target folder, or null for one of the project's own in the cache
  /// @param built the folder for artifacts, or null for one of the project's own in the cache
  /// @param cache the package cache, or null for that of the user
  public record NamedFolder(
      @Nullable Path project, @Nullable Path target, @Nullable Path built, @Nullable Path cache) {}

  /// Finds the folders and the toolchain. No folder is created.
  ///
  /// @param folder the working folder
  /// @throws CliException if there is no project, or if the project uses crates from outside of it
  /// @throws SandboxException if a folder overlaps another one that it must not overlap, or if
  ///   there is no toolchain
  public static SandboxLayout of(
      NamedFolder named, Path folder, Map<String, String> environment, Path home) {
    Path start =
        real(
            named.project() == null || isWithin(folder, named.project())
                ? folder
                : named.project());
    CargoWorkspace workspace =
        CargoWorkspace.of(start)
            .orElseThrow(
                () ->
                    refused(
                        "no Cargo.toml in %s or above it: name a project with --project DIR"
                            .formatted(start)));
    Path project = named.project() == null ? workspace.root() : real(named.project());
    checkElsewhere(workspace, project);
    Path cache = named.cache() == null ? usualCache(environment, home) : named.cache();
    String key = Sha256.of(Bytes.utf8(project.toString())).hex().substring(0, KEY_LENGTH);
    Path target = named.target() == null ? cache.resolve("targets").resolve(key) : named.target();
    Path built = named.built() == null ? cache.resolve("built").resolve(key) : named.built();
    List<Path> offLimits = new ArrayList<>(SECRETS.stream().map(home::resolve).toList());
    offLimits.add(new ServerLocator(environment, home).dataFolder());
    CredentialsFile.of(environment, home).map(CredentialsFile::path).ifPresent(offLimits::add);
    SandboxLayout layout =
        new SandboxLayout(
            workspace,
            project,
            project.relativize(start),
            target,
            built,
            cache,
            RustToolchain.find(environment, home),
            offLimits,
            PrivateRegistryAddresses.of(start, environment, home).entrySet().stream()
                .map(each -> new PrivateRegistry(each.getKey(), each.getValue()))
                .toList());
    layout.check();
    return layout;
  }

  /// Returns the folder of all package caches of a user who names none.
  static Path usualCache(Map<String, String> environment, Path home) {
    return new UserFolders(environment, home).cache().orElseThrow().resolve("sandbox");
  }

  /// Returns a key of all inputs of a fetch except the lockfile. The inputs are the toolchain, the
  /// platforms, and the manifests, because these may require more than the lockfile contains.
  public String manner(List<String> platforms) {
    StringBuilder manner = new StringBuilder();
    manner.append(toolchain.sysroot()).append('\n').append(platforms).append('\n');
    for (Path manifest : workspace.manifests()) {
      manner.append(manifest).append(' ').append(digest(manifest)).append('\n');
    }
    return manner.toString();
  }

  /// Copies final artifacts out of the target folder.
  ///
  /// @param files paths relative to the target folder
  public ClaimedFolder take(List<Path> files) {
    BuildOutputFolder folder = new BuildOutputFolder(target, MOST_BYTES);
    List<Path> copies = new ArrayList<>();
    List<SandboxException> left = new ArrayList<>();
    for (Path file : files) {
      Path place = Objects.requireNonNullElse(file.getParent(), Path.of(""));
      try {
        copies.add(folder.take(file, built.resolve(place)));
      } catch (SandboxException e) {
        left.add(e);
      }
    }
    return new ClaimedFolder(copies, left);
  }

  /// Makes the next build in this target folder run everything again, so that violations are
  /// reported again.
  ///
  /// @return the result in words
  public String forget() {
    try {
      new BuildOutputFolder(target, MOST_BYTES).forget();
      return "the next build in %s runs everything again".formatted(target);
    } catch (SandboxException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// The result of copying artifacts.
  ///
  /// @param copies the copied artifacts
  /// @param left one failure for each other artifact: `REFUSED` if a file is not of a kind that
  ///   cargo makes
  public record ClaimedFolder(List<Path> copies, List<SandboxException> left) {
    /// The result if there was no artifact to copy.
    public static final ClaimedFolder NOTHING = new ClaimedFolder(List.of(), List.of());

    /// Copies the lists.
    public ClaimedFolder {
      copies = List.copyOf(copies);
      left = List.copyOf(left);
    }
  }

  private static Sha256 digest(Path file) {
    try {
      ProjectFile.requireRegular(file);
      try (InputStream in = Files.newInputStream(file)) {
        return Sha256.digestOf(in);
      }
    } catch (IOException e) {
      throw new CliException(ErrorCode.MALFORMED_INPUT, "cannot read " + file + ": " + e, e);
    }
  }

  private static boolean isWithin(Path folder, Path project) {
    return real(folder).startsWith(real(project));
  }

  private static void checkElsewhere(CargoWorkspace workspace, Path project) {
    if (!workspace.root().startsWith(project)) {
      throw refused(
          "%s belongs to the workspace %s, which is not in it: name the workspace with --project"
              .formatted(project, workspace.root()));
    }
    List<Path> beside =
        workspace.elsewhere().stream().filter(path -> !path.startsWith(project)).toList();
    if (!beside.isEmpty()) {
      throw refused(
          "%s requires %s, which is outside of the sandbox: name a folder that contains both with --project"
              .formatted(workspace.root(), beside.getFirst()));
    }
  }

  /// Checks the folders before a file is made in the cache. The folder for artifacts is not part of
  /// the sandbox, and hostile code influences the names in it.
  private void check() {
    Named mine = new Named("the project", project, "another one with --project DIR");
    Named packages = new Named("the cache", cache, "another one with --cache DIR");
    Named artifacts =
        new Named("the folder for artifacts", built, "another one with --artifacts DIR");
    for (Named folder : List.of(mine, packages, artifacts)) {
      CheckedFolders.refuseForbidden(folder, forbidden());
    }
    CheckedFolders.refuseInside(packages, mine, packages.instead());
    CheckedFolders.refuseOverlap(
        artifacts, new Named("the target folder", target, "another one with --target-dir DIR"));
    CheckedFolders.refuseInside(mine, artifacts, artifacts.instead());
    CheckedFolders.refuseInside(packages, artifacts, artifacts.instead());
  }

  /// Returns the folders that must not be visible in the sandbox.
  OffLimits forbidden() {
    return new OffLimits(offLimits, DataFolderFiles.MARKER);
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot use the project '" + folder + "': no such folder", e);
    }
  }

  private static CliException refused(String message) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot build here: " + message);
  }
}
