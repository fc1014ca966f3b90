package lazaret.sandbox.bubblewrap;

import java.nio.file.Path;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Project;

/// What stands in the sandbox of one run, as arguments of bubblewrap.
final class Room {
  private static final Path USR = Path.of("/usr");

  private final SandboxPolicy policy;
  private final Grounds grounds;
  private final Start start;

  Room(SandboxPolicy policy, Grounds grounds, Start start) {
    this.policy = policy;
    this.grounds = grounds;
    this.start = start;
  }

  Arguments arguments() {
    Arguments all = new Arguments().isolate().system();
    if (!ownSysroot()) {
      all.readOnly(start.given(grounds.toolchain()), Inside.TOOLCHAIN);
    }
    project(all);
    all.writable(start.written(grounds.target()), Inside.TARGET);
    grounds.cargoHome().ifPresent(home -> cargoHome(all, home));
    grounds.registry().ifPresent(f -> all.readOnly(start.given(f), Inside.REGISTRY));
    grounds.gate().ifPresent(f -> all.readOnly(start.given(f), Inside.GATE));
    return all.processes(start.empty())
        .devices(policy.limits().temporaryBytes())
        .add("--dir", Inside.HOME)
        .add("--remount-ro", "/")
        .environment(Variables.of(policy, ownSysroot()))
        .add("--chdir", Path.of(Inside.PROJECT).resolve(project().within()).toString());
  }

  /// The distribution's own toolchain is there already.
  private boolean ownSysroot() {
    return grounds.toolchain().equals(USR);
  }

  private Project project() {
    return policy.folders().project();
  }

  private void project(Arguments all) {
    all.readOnly(start.given(grounds.project()), Inside.PROJECT);
    Path inside = Path.of(Inside.PROJECT);
    Masks.of(grounds.project(), project().ownConfiguration())
        .forEach(
            (path, isFolder) -> {
              String place = inside.resolve(path).toString();
              if (isFolder) {
                all.hide(place);
              } else {
                all.readOnly(start.empty(), place);
              }
            });
  }

  private void cargoHome(Arguments all, Path home) {
    if (policy.access().mode() == SandboxMode.FETCH) {
      all.writable(start.given(home), Inside.CARGO_HOME);
    } else {
      all.readOnly(start.given(home), Inside.CARGO_HOME);
    }
  }
}
