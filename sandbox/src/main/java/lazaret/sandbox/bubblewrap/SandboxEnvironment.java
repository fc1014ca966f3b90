package lazaret.sandbox.bubblewrap;

import java.util.Map;
import java.util.TreeMap;
import lazaret.sandbox.SandboxPolicy;

/// The environment of a command in the sandbox. Variables of the launcher are not inherited unless
/// the policy names them.
final class SandboxEnvironment {
  private SandboxEnvironment() {}

  static Map<String, String> of(SandboxPolicy policy, boolean ownSysroot) {
    Map<String, String> all = new TreeMap<>(Map.of("LANG", "C.UTF-8", "TERM", "dumb"));
    all.putAll(policy.environment());
    all.put("PATH", ownSysroot ? "/usr/bin" : SandboxPaths.TOOLCHAIN + "/bin:/usr/bin");
    all.put("HOME", SandboxPaths.HOME);
    all.put("TMPDIR", SandboxPaths.TEMPORARY);
    all.put("CARGO_TARGET_DIR", SandboxPaths.TARGET);
    boolean cached = policy.folders().cargoHome().isPresent();
    all.put("CARGO_HOME", cached ? SandboxPaths.CARGO_HOME : SandboxPaths.TEMPORARY + "/cargo");
    // An empty value disables a wrapper of a configuration file. RUSTC_WORKSPACE_WRAPPER is not
    // set, because cargo hashes even an empty value and the build would differ from one outside of
    // the sandbox.
    all.put("RUSTC_WRAPPER", "");
    if (!policy.access().mode().reachesGate()) {
      all.put("CARGO_NET_OFFLINE", "true");
    }
    return all;
  }
}
