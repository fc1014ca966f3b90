package lazaret.cli.bundle;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.bundles.BundleChangesInfo;
import lazaret.vetting.deskapi.bundles.BundleInfo;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.BundleReevaluationInfo;
import lazaret.vetting.deskapi.bundles.NamedItemsInfo;
import lazaret.vetting.deskapi.bundles.RemovedVersionInfo;
import lazaret.vetting.deskapi.bundles.RemovedVersionsInfo;

/// The text of a bundle.
final class BundleText {
  private static final int SHOWN = 8;

  /// The number of versions that are listed with a reason.
  private static final int NAMED = 5;

  private BundleText() {}

  /// Prints the metadata of a bundle.
  static void print(Terminal terminal, BundleInfo bundle) {
    terminal.line(
        Cell.of(TextStyle.STRONG, bundle.name()),
        Cell.of(
            ": snapshot %d of the stream %s, %s"
                .formatted(bundle.sequence(), bundle.stream(), kind(bundle))));
    terminal.line(
        "  created %s; expires %s; next bundle due by %s"
            .formatted(
                Timestamps.minute(bundle.issued()),
                Timestamps.minute(bundle.expires()),
                Timestamps.minute(bundle.nextExpectedBy())));
    terminal.line(
        "  results in %d versions of %d crates, state root %s"
            .formatted(bundle.versions(), bundle.crates(), bundle.stateRoot()));
    changes(terminal, bundle.changes());
    String feeds =
        bundle.feeds().stream()
            .map(feed -> feed.name() + " of " + Timestamps.minute(feed.asOf()))
            .collect(Collectors.joining(", "));
    if (!feeds.isEmpty()) {
      terminal.line("  feeds: " + feeds);
    } else if (bundle.kind() != BundleKind.REVOCATION) {
      terminal.line(Cell.of(TextStyle.WARN, "  feeds: none; the bundle has no advisories"));
    }
    terminal.line("  sha256 " + bundle.bundle());
    terminal.line("  fingerprint " + bundle.fingerprint());
  }

  private static String kind(BundleInfo bundle) {
    return switch (bundle.kind()) {
      case FULL -> "full";
      case DELTA ->
          bundle.bases().stream()
              .map(base -> Long.toString(base.sequence()))
              .collect(Collectors.joining(", ", "changes, for networks with snapshot ", ""));
      case REVOCATION -> "denials only";
      case ADVISORIES -> "changes of advisories only";
    };
  }

  private static void changes(Terminal terminal, BundleChangesInfo changes) {
    change(terminal, "denied", changes.revoked());
    change(terminal, "with other bytes than before", changes.cksumChanged());
    change(terminal, "removed", changes.removed());
    change(terminal, "yanked or unyanked", changes.yanked());
    change(terminal, "added", changes.added());
    change(terminal, "with other changes", changes.changed());
  }

  private static void change(Terminal terminal, String what, NamedItemsInfo change) {
    long count = change.count();
    if (count == 0) {
      return;
    }
    List<String> items = change.items();
    String named = String.join(", ", items.stream().limit(SHOWN).toList());
    String rest = count > SHOWN || items.isEmpty() ? ", …" : "";
    terminal.line("  %d %s%s%s".formatted(count, what, items.isEmpty() ? "" : ": " + named, rest));
  }

  /// Prints the versions that an export removes without denying them, with the reasons.
  static void removed(Terminal terminal, RemovedVersionsInfo removed) {
    long count = removed.count();
    if (count == 0) {
      return;
    }
    terminal.line(
        Cell.of(
            TextStyle.WARN,
            "removed since snapshot %d, without a denial:".formatted(removed.since())));
    List<RemovedVersionInfo> items = removed.items();
    items.stream()
        .limit(NAMED)
        .forEach(
            each ->
                terminal.line(
                    "  %s %s: %s: %s"
                        .formatted(each.name(), each.version(), each.code(), each.why())));
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
  static void reevaluated(Terminal terminal, BundleReevaluationInfo reevaluated) {
    terminal.line(
        "re-evaluated: %d versions that clients have; %d withdrawn, %d released"
            .formatted(reevaluated.versions(), reevaluated.withdrawn(), reevaluated.released()));
    reevaluated.affected().stream()
        .limit(SHOWN)
        .forEach(
            each ->
                terminal.note(
                    "%s %s is withdrawn (clients that have it: %d): vetting-cli who %s@%s"
                        .formatted(
                            each.name(),
                            each.version(),
                            each.holders(),
                            each.name(),
                            each.version())));
  }
}
