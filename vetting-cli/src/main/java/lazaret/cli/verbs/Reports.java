package lazaret.cli.verbs;

import lazaret.cli.desk.DeskClient;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.JsonObject;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// Requests that several verbs send.
final class Reports {
  private Reports() {}

  static JsonObject crate(DeskClient desk, CrateName name, String verb) {
    return desk.ask(
        "cannot %s %s".formatted(verb, name), DeskQuestion.get(DeskQuestion.path("crates", name)));
  }

  static JsonObject version(DeskClient desk, CrateName name, CrateVersion version, String verb) {
    return desk.ask(
        "cannot %s %s@%s".formatted(verb, name, version),
        DeskQuestion.get(DeskQuestion.path("crates", name, version)));
  }
}
