package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.watch.Decoys;

/// The mounts of one sandbox run, as bubblewrap arguments.
final class MountPlan {
  private static final Path USR = Path.of("/usr");

  private final SandboxPolicy policy;
  private final CheckedFolders folders;
  private final BwrapLauncher start;
  private final Contents contents;
  private final Optional<CacheSpecialFiles> cacheSpecialFiles;
  private final Optional<CacheSpecialFiles> registrySpecialFiles;

  MountPlan(SandboxPolicy policy, CheckedFolders folders, BwrapLauncher start, Contents contents) {
    this.policy = policy;
    this.folders = folders;
    this.start = start;
    this.contents = contents;
    this.cacheSpecialFiles = folders.cargoHome().map(CacheSpecialFiles::of);
    this.registrySpecialFiles = folders.registry().map(CacheSpecialFiles::of);
  }

  /// The content over the project and in the home folder.
  ///
  /// @param masks the hidden parts of the project
  /// @param changes the layer that receives writes into the project, or empty if they fail
  /// @param decoys the decoy credentials, all in one folder
  record Contents(
      SortedMap<Path, HiddenPaths.Mask> masks,
      Optional<OverlayChanges> changes,
      List<Decoys.Mount> decoys) {
    private boolean hasDecoy(String place) {
      return decoys.stream().anyMatch(decoy -> decoy.inside().equals(place));
    }
  }

  BwrapArguments arguments() throws IOException {
    String empty = start.small("empty", new byte[0]);
    BwrapArguments all = new BwrapArguments().isolate().system();
    if (!ownSysroot()) {
      all.readOnly(start.given(folders.toolchain()), SandboxPaths.TOOLCHAIN);
    }
    project(all, empty);
    all.writable(start.written(folders.target()), SandboxPaths.TARGET);
    folders.cargoHome().ifPresent(home -> cargoHome(all, home));
    folders.registry().ifPresent(f -> all.readOnly(start.given(f), SandboxPaths.REGISTRY));
    cacheSpecialFiles.ifPresent(files -> files.hide(all, empty, SandboxPaths.CARGO_HOME));
    registrySpecialFiles.ifPresent(files -> files.hide(all, empty, SandboxPaths.REGISTRY));
    folders.gate().ifPresent(f -> all.readOnly(start.given(f), SandboxPaths.GATE));
    decoys(all);
    return all.processes(empty, start.small("overcommit", overcommit()))
        .devices(policy.limits().temporaryBytes())
        .add("--remount-ro", "/")
        .environment(SandboxEnvironment.of(policy, ownSysroot()))
        .add("--chdir", Path.of(SandboxPaths.PROJECT).resolve(project().within()).toString());
  }

  /// Returns the overcommit setting of the kernel. Without it, rustc's allocator assumes strict
  /// memory accounting and maps and unmaps memory continually, which costs a twentieth of the time
  /// of a build.
  private static byte[] overcommit() throws IOException {
    Path setting = Path.of("/proc/sys/vm/overcommit_memory");
    return Files.isReadable(setting) ? Files.readAllBytes(setting) : new byte[] {'0', '\n'};
  }

  /// Returns whether the toolchain is that of the distribution, which is mounted already.
  private boolean ownSysroot() {
    return folders.toolchain().equals(USR);
  }

  private Project project() {
    return policy.folders().project();
  }

  private void project(BwrapArguments all, String empty) {
    String project = start.given(folders.project());
    if (contents.changes().isPresent()) {
      OverlayChanges changes = contents.changes().get();
      changes.cover(all, project, start.written(changes.folder()));
    } else {
      all.readOnly(project, SandboxPaths.PROJECT);
    }
    contents
        .masks()
        .forEach(
            (path, mask) -> {
              String place = HiddenPaths.inside(path);
              if (mask == HiddenPaths.Mask.FOLDER) {
                all.hide(place);
              } else if (!contents.hasDecoy(place)) {
                all.readOnly(empty, place);
              }
            });
  }

  private void decoys(BwrapArguments all) {
    all.add("--dir", SandboxPaths.HOME);
    if (contents.decoys().isEmpty()) {
      return;
    }
    Path laid = Objects.requireNonNull(contents.decoys().getFirst().host().getParent());
    String folder = start.given(laid);
    for (Decoys.Mount decoy : contents.decoys()) {
      all.readOnly(folder + "/" + decoy.host().getFileName(), decoy.inside());
    }
  }

  private void cargoHome(BwrapArguments all, Path home) {
    if (policy.access().mode() == SandboxMode.FETCH) {
      all.writable(start.given(home), SandboxPaths.CARGO_HOME);
    } else {
      all.readOnly(start.given(home), SandboxPaths.CARGO_HOME);
    }
  }
}
