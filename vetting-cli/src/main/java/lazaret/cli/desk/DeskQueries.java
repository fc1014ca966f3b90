package lazaret.cli.desk;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateRequest;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;

/// Requests that several verbs send.
public final class DeskQueries {
  private DeskQueries() {}

  /// Returns the reply of the desk on a crate.
  public static CrateReply crate(DeskClient desk, CrateName name, String verb) {
    return desk.call(
        CrateOperations.CRATE, new CrateRequest(name), "cannot %s %s".formatted(verb, name));
  }

  /// Returns the reply of the desk on a version.
  public static VersionReply version(
      DeskClient desk, CrateName name, CrateVersion version, String verb) {
    return desk.call(
        CrateOperations.VERSION,
        new VersionRequest(name, version),
        "cannot %s %s@%s".formatted(verb, name, version));
  }
}
