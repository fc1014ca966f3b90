package lazaret.sandbox.bubblewrap;

import java.util.Map;
import java.util.TreeMap;
import lazaret.sandbox.SandboxPolicy;

/// The environment of a command in the sandbox: nothing of the launcher's but what was named.
final class Variables {
  private Variables() {}

  static Map<String, String> of(SandboxPolicy policy, boolean ownSysroot) {
    Map<String, String> all = new TreeMap<>(Map.of("LANG", "C.UTF-8", "TERM", "dumb"));
    all.putAll(policy.environment());
    all.put("PATH", ownSysroot ? "/usr/bin" : Inside.TOOLCHAIN + "/bin:/usr/bin");
    all.put("HOME", Inside.HOME);
    all.put("TMPDIR", Inside.TEMPORARY);
    all.put("CARGO_TARGET_DIR", Inside.TARGET);
    boolean cached = policy.folders().cargoHome().isPresent();
    all.put("CARGO_HOME", cached ? Inside.CARGO_HOME : Inside.TEMPORARY + "/cargo");
    // Empty switches a wrapper off that a configuration file names. The one for workspaces is not
    // set: cargo hashes even an empty one, and a build here gives the bytes of one elsewhere.
    all.put("RUSTC_WRAPPER", "");
    if (!policy.access().mode().reachesGate()) {
      all.put("CARGO_NET_OFFLINE", "true");
    }
    return all;
  }
}
