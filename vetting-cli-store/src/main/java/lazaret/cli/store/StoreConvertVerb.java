package lazaret.cli.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.storage.convert.ConversionReport;
import lazaret.storage.convert.StoreConversion;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `store convert`, which copies a store into an empty one on another engine.
@Command(
    name = "convert",
    header = "Copy a store into an empty one on another engine, and compare both",
    description = {
      "",
      "All servers on both stores are stopped. If the command ends before it is done, the same"
          + " command continues. No server opens the new store before both are equal: all rows,"
          + " the chain of the ledger, the state roots of snapshots. The old store is not changed."
    },
    footer = {
      "Examples:",
      "  vetting-cli store convert --from one.toml --to cluster.toml",
      "  vetting-cli store convert --from cluster.toml --to one.toml --json"
    },
    exitCodeList = {
      "0:both stores are equal",
      "2:a wrong configuration file, or no store to convert",
      "3:a server runs on a store, the new one has other data, or a store does not answer",
      "4:damaged data, or different stores at the end"
    })
final class StoreConvertVerb extends Verb {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "Configuration file of a server with the store.")
  Path from = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "Configuration file of a server with the new store.")
  Path to = Path.of("");

  StoreConvertVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of a conversion.
  ///
  /// @param rows the numbers of rows by their kinds
  /// @param ledgerHash the hash of the last entry of both ledgers
  /// @param snapshots the snapshots with the state roots of both stores
  private record Converted(
      List<Rows> rows, long ledgerEntries, String ledgerHash, List<Root> snapshots) {}

  /// The JSON of rows of a kind.
  ///
  /// @param digest the digest of the rows of both stores
  private record Rows(String kind, long count, String digest) {}

  /// The JSON of a snapshot.
  private record Root(long sequence, String stateRoot) {}

  @Override
  public ExitCode run() {
    NamedStore source = NamedStore.of(session(), from).existing();
    NamedStore target = NamedStore.of(session(), to);
    ConversionReport report = run("converting the store", () -> converted(source, target));
    if (session().json()) {
      terminal().json(document(report));
    } else {
      print(report);
    }
    return ExitCode.DONE;
  }

  private ConversionReport converted(NamedStore source, NamedStore target) {
    try (Store before = source.open(session());
        Store after = target.open(session())) {
      requireData(source, before);
      return StoreConversion.run(before, after, () -> copyHighWaterMark(source, before, target));
    }
  }

  /// Refuses an empty source: a mistyped name leads to one, and the new store would be complete.
  private static void requireData(NamedStore source, Store store) {
    if (store.ledgerHead().isEmpty() && store.counts().equals(new Store.Counts(0, 0, 0))) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot convert %s: expected a store with data, found an empty one; correct its"
                  .formatted(source.name())
              + (source.isShared() ? " 'storage.postgres'" : " 'data-dir'"));
    }
  }

  /// Copies the record of the newest import of a bundle, which refuses older ones. It is there
  /// before a server can open the new store. In a cluster another node can have imported later than
  /// the one whose file is named: the store shows that.
  private static void copyHighWaterMark(NamedStore source, Store before, NamedStore target) {
    Path mark = HighWaterMark.beside(source.config().dataDir());
    Path copy = HighWaterMark.beside(target.config().dataDir());
    HighWaterMark newest =
        HighWaterMark.of(before)
            .filter(store -> HighWaterMark.read(mark).filter(store::isCovered).isEmpty())
            .or(() -> HighWaterMark.read(mark))
            .orElse(null);
    if (newest == null || HighWaterMark.read(copy).filter(newest::isCovered).isPresent()) {
      return;
    }
    try {
      newest.write(copy);
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot write '%s': %s; run the same command again once that is solved"
              .formatted(copy, PrivateFiles.describe(e)),
          e);
    }
  }

  private static Converted document(ConversionReport report) {
    return new Converted(
        report.rows().stream()
            .map(row -> new Rows(row.kind().code(), row.rows(), row.digest()))
            .toList(),
        report.ledgerSequence(),
        report.ledgerHash().hex(),
        report.roots().stream()
            .map(root -> new Root(root.sequence(), root.stateRoot().hex()))
            .toList());
  }

  private void print(ConversionReport report) {
    TextTable table = new TextTable("KIND", "ROWS");
    report.rows().forEach(row -> table.row(Cell.of(row.kind().code()), Cell.of(row.rows())));
    terminal().table(table);
    terminal()
        .line(
            "ledger: %d entries, %s".formatted(report.ledgerSequence(), report.ledgerHash().hex()));
    report
        .roots()
        .forEach(
            root ->
                terminal()
                    .line("snapshot %d: %s".formatted(root.sequence(), root.stateRoot().hex())));
    terminal().line(Cell.of(TextStyle.GOOD, "both stores are equal"));
    terminal()
        .line("next: start servers with '%s'; keep the old store until they run".formatted(to));
  }
}
