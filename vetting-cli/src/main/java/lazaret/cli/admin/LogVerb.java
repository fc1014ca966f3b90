package lazaret.cli.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.ledger.LedgerLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The verbs of `log` that read the whole ledger: `export` and `verify`.
final class LogVerb {
  private static final int AT_ONCE = 1_000;

  private LogVerb() {}

  /// Returns the verbs in the order of the help text.
  static SequencedMap<String, Verb> parts(CliSession session) {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("export", new Export(session));
    parts.put("verify", new Verify(session));
    return parts;
  }

  /// Reads the gate's ledger after a sequence number, page by page.
  private static void each(CliSession session, long after, Consumer<LedgerLine> action) {
    long next = after;
    while (true) {
      EventsReply page =
          session
              .desk()
              .call(
                  EventOperations.EVENTS,
                  new EventsRequest(next, AT_ONCE),
                  "cannot read the ledger");
      if (page.events().isEmpty()) {
        return;
      }
      for (EventInfo entry : page.events()) {
        action.accept(
            new LedgerLine(entry.sequence(), entry.previous(), entry.hash(), entry.encoded()));
      }
      next = page.next();
    }
  }

  @Command(
      name = "export",
      header = "Write the ledger to standard output, one JSON object a line",
      description = {
        "",
        "Each line contains the hash of the previous one; docs/desk.md shows how to verify the"
            + " chain without this program. The output is the same with --json."
      },
      footer = {
        "Examples:",
        "  vetting-cli log export > audit.ndjson",
        "  vetting-cli log export --after 120 >> audit.ndjson"
      },
      exitCodeList = {"0:written", "3:gate unavailable"})
  static final class Export extends Verb {
    @Option(
        names = "--after",
        paramLabel = "N",
        description = "Only entries after this sequence number.")
    long after;

    Export(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      each(session(), after, line -> terminal().document(line.text() + "\n"));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "verify",
      header = "Verify the hash chain of an exported log or of the ledger",
      description = {
        "",
        "With a file, no gate is needed. Missing entries at the end of a file are detected only"
            + " with a hash that you noted elsewhere: name it with --head. For its own ledger, the"
            + " gate knows the last acknowledged entry."
      },
      footer = {
        "Examples:",
        "  vetting-cli log verify audit.ndjson",
        "  vetting-cli log verify --head 3f7a...9c     (the gate's own ledger)"
      },
      exitCodeList = {
        "0:unbroken",
        "2:file unreadable",
        "3:gate unavailable",
        "4:an entry was altered, removed or inserted, or the head is missing"
      })
  static final class Verify extends Verb {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "Exported log. Default: the ledger of the gate.")
    @Nullable Path file;

    @Option(
        names = "--head",
        paramLabel = "HASH",
        description = "Hash of an entry that must be in the log.")
    @Nullable String head;

    /// The JSON of an unbroken log.
    ///
    /// @param entries the number of entries
    /// @param last the sequence number of the last entry, or null if there is none
    /// @param head the hash of the last entry, or null if there is none
    private record Verified(long entries, @Nullable Long last, @Nullable Sha256 head) {}

    private @Nullable LedgerLine last;
    private long count;
    private boolean headMet;

    Verify(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      if (file == null) {
        each(session(), 0, this::take);
      } else {
        read(session().around().path(file));
      }
      if (head != null && !headMet) {
        throw broken("no entry has the hash " + head + ": entries were removed or replaced");
      }
      if (file == null) {
        requireNoLoss();
      }
      LedgerLine end = last;
      if (session().json()) {
        terminal()
            .json(
                new Verified(
                    count, end == null ? null : end.sequence(), end == null ? null : end.hash()));
      } else if (end == null) {
        terminal().line("the log is empty");
      } else {
        terminal()
            .line(
                "%d entries, unbroken; the last is %d with the hash %s"
                    .formatted(count, end.sequence(), end.hash().hex()));
      }
      return ExitCode.DONE;
    }

    /// Fails if the server reports a loss of acknowledged entries of its ledger. Only the server
    /// knows how far its ledger was acknowledged.
    private void requireNoLoss() {
      StatusReply status =
          desk().call(StoreOperations.STATUS, new EmptyRequest(), "cannot read the status");
      if (status.store().storeWithholds()) {
        throw new CliException(
            ErrorCode.STORE_LOSS,
            "the gate's ledger differs from what was acknowledged: "
                + String.join("; ", status.store().storeFaults()));
      }
    }

    private void read(Path path) {
      try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          try {
            take(LedgerLine.parse(line));
          } catch (MalformedException e) {
            throw broken(
                "line " + (count + 1) + " is not a line of an exported log: " + e.getMessage());
          }
        }
      } catch (CharacterCodingException e) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT, "cannot read the log '" + path + "': it is not UTF-8", e);
      } catch (IOException e) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT, "cannot read the log '" + path + "': " + e.getMessage(), e);
      }
    }

    private void take(LedgerLine line) {
      String fault = line.fault(last);
      if (fault != null) {
        throw broken(fault);
      }
      last = line;
      count++;
      headMet |= line.hash().hex().equals(head);
    }

    private CliException broken(String fault) {
      String what = file == null ? "the gate's ledger" : "the log '" + file + "'";
      return new CliException(
          ErrorCode.STORE_CORRUPT,
          "%s was changed: %s; compare it with an earlier export or a backup"
              .formatted(what, fault));
    }
  }
}
