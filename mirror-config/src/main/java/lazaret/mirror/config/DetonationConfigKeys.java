package lazaret.mirror.config;

import java.nio.file.Path;
import java.util.List;

/// The keys under `[detonation]`.
final class DetonationConfigKeys {
  private DetonationConfigKeys() {}

  static final ConfigKey<Path> SOCKET =
      new ConfigKey<>(
          "detonation.socket",
          ConfigValueType.PATH,
          null,
          null,
          "Unix socket of the sandbox service, in which `vetting-cli detonate --at-gate` builds"
              + " versions. Without it: on the machines of reviewers only. `docs/sandbox.md`.");

  static final List<ConfigKey<?>> ALL = List.of(SOCKET);
}
