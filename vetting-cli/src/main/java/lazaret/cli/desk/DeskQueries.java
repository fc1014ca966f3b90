package lazaret.cli.desk;

import lazaret.cli.report.JsonObject;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// Requests that several verbs send.
public final class DeskQueries {
  private DeskQueries() {}

  /// Returns the reply of the desk on a crate.
  public static JsonObject crate(DeskClient desk, CrateName name, String verb) {
    return desk.ask(
        "cannot %s %s".formatted(verb, name), DeskQuestion.get(DeskQuestion.path("crates", name)));
  }

  /// Returns the reply of the desk on a version.
  public static JsonObject version(
      DeskClient desk, CrateName name, CrateVersion version, String verb) {
    return desk.ask(
        "cannot %s %s@%s".formatted(verb, name, version),
        DeskQuestion.get(DeskQuestion.path("crates", name, version)));
  }
}
