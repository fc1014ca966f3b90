package lazaret.cli.verbs;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CratesIo;

/// A writer of lockfiles of format 4.
final class Locks {
  private Locks() {}

  static String of(CrateId... packages) {
    StringBuilder lock =
        new StringBuilder("version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n");
    for (CrateId id : packages) {
      lock.append(registered(id.name().published(), id.version().text(), id.cksum().hex()));
    }
    return lock.toString();
  }

  /// Returns a lockfile whose application requires the package.
  static String required(CrateId id) {
    return of(id)
        .replace(
            "version = \"0.1.0\"\n",
            "version = \"0.1.0\"\ndependencies = [\n \"%s\",\n]\n"
                .formatted(id.name().published()));
  }

  static String registered(String name, String version, String checksum) {
    return """

    [[package]]
    name = "%s"
    version = "%s"
    source = "registry+%s"
    checksum = "%s"
    """
        .formatted(name, version, CratesIo.GIT_INDEX, checksum);
  }

  static String git(String name) {
    return """

    [[package]]
    name = "%s"
    version = "0.1.0"
    source = "git+https://example.org/x.git?branch=main#0123456789012345678901234567890123456789"
    """
        .formatted(name);
  }
}
