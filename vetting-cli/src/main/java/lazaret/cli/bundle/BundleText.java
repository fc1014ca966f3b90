package lazaret.cli.bundle;

import java.util.List;
import java.util.StringJoiner;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;

/// The text of a bundle.
final class BundleText {
  private static final int SHOWN = 8;

  /// The number of versions that are listed with a reason.
  private static final int NAMED = 5;

  private BundleText() {}

  /// Prints the metadata of a bundle.
  static void print(Terminal terminal, JsonObject bundle) {
    terminal.line(
        Cell.of(TextStyle.STRONG, bundle.words("name")),
        Cell.of(
            ": snapshot %d of the stream %s, %s"
                .formatted(bundle.number("sequence"), bundle.words("stream"), kind(bundle))));
    terminal.line(
        "  created %s; expires %s; next bundle due by %s"
            .formatted(
                Timestamps.minute(bundle.words("issued")),
                Timestamps.minute(bundle.words("expires")),
                Timestamps.minute(bundle.words("next_expected_by"))));
    terminal.line(
        "  results in %d versions of %d crates, state root %s"
            .formatted(
                bundle.number("versions"), bundle.number("crates"), bundle.words("state_root")));
    changes(terminal, bundle.object("changes"));
    StringJoiner feeds = new StringJoiner(", ");
    bundle
        .objects("feeds")
        .forEach(f -> feeds.add(f.words("name") + " of " + Timestamps.minute(f.words("as_of"))));
    if (feeds.length() > 0) {
      terminal.line("  feeds: " + feeds);
    } else if (!bundle.words("kind").equals("revocation")) {
      terminal.line(Cell.of(TextStyle.WARN, "  feeds: none; the bundle has no advisories"));
    }
    terminal.line("  sha256 " + bundle.words("bundle"));
    terminal.line("  fingerprint " + bundle.words("fingerprint"));
  }

  private static String kind(JsonObject bundle) {
    StringJoiner bases = new StringJoiner(", ");
    bundle.objects("bases").forEach(b -> bases.add(Long.toString(b.number("sequence"))));
    return switch (bundle.words("kind")) {
      case "full" -> "full";
      case "delta" -> "changes, for networks with snapshot " + bases;
      default -> "denials only";
    };
  }

  private static void changes(Terminal terminal, JsonObject changes) {
    change(terminal, "denied", changes.object("revoked"));
    change(terminal, "with other bytes than before", changes.object("cksum_changed"));
    change(terminal, "removed", changes.object("removed"));
    change(terminal, "yanked or unyanked", changes.object("yanked"));
    change(terminal, "added", changes.object("added"));
    change(terminal, "with other changes", changes.object("changed"));
  }

  private static void change(Terminal terminal, String what, JsonObject change) {
    long count = change.number("count");
    if (count == 0) {
      return;
    }
    List<String> items = change.texts("items");
    String named = String.join(", ", items.stream().limit(SHOWN).toList());
    String rest = count > SHOWN || items.isEmpty() ? ", …" : "";
    terminal.line("  %d %s%s%s".formatted(count, what, items.isEmpty() ? "" : ": " + named, rest));
  }

  /// Prints the versions that an export removes without denying them, with the reasons.
  static void removed(Terminal terminal, JsonObject removed) {
    long count = removed.number("count");
    if (count == 0) {
      return;
    }
    terminal.line(
        Cell.of(
            TextStyle.WARN,
            "removed since snapshot %d, without a denial:".formatted(removed.number("since"))));
    List<JsonObject> items = removed.objects("items");
    items.stream()
        .limit(NAMED)
        .forEach(
            d ->
                terminal.line(
                    "  %s %s: %s: %s"
                        .formatted(
                            d.words("name"), d.words("version"), d.words("code"), d.words("why"))));
    if (count > NAMED) {
      terminal.line(
          "  ... and %d more; --json names %s"
              .formatted(
                  count - NAMED, count > items.size() ? "the first " + items.size() : "them"));
    }
    terminal.line(
        "  if this is not intended: 'vetting-cli approve' them, or wait until the rule no longer"
            + " applies, and export again; docs/bundles.md");
  }

  /// Prints the result of the re-evaluation of versions that clients have.
  static void followed(Terminal terminal, JsonObject rejudged) {
    terminal.line(
        "re-evaluated: %d versions that clients have; %d withdrawn, %d released"
            .formatted(
                rejudged.number("versions"),
                rejudged.number("withdrawn"),
                rejudged.number("freed")));
    rejudged.objects("concerned").stream()
        .limit(SHOWN)
        .forEach(
            r ->
                terminal.note(
                    "%s %s is withdrawn (clients that have it: %d): vetting-cli who %s@%s"
                        .formatted(
                            r.words("name"),
                            r.words("version"),
                            r.number("holders"),
                            r.words("name"),
                            r.words("version"))));
  }
}
