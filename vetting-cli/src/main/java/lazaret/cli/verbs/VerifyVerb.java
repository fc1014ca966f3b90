package lazaret.cli.verbs;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Holds a Cargo.lock against the index and the rules, package by package.",
    description = {
      "",
      "Each package's checksum must be the one of the index, and its verdict must allow it. Fetches"
          + " index files where they are not held, never a crate.",
      "",
      "Where several exit codes would be true, the gravest holds: 4, then 3, 1, 5."
    },
    footer = {
      "Examples:",
      "  vetting-cli verify",
      "  vetting-cli verify ../app/Cargo.lock --all",
      "  vetting-cli verify --json | jq -r '.packages[] | select(.standing != \"served\") | .name'"
    },
    exitCodeList = {
      "0:every package would be handed out",
      "1:a package is withheld",
      "2:no lockfile there, or it cannot be read",
      "3:no gate answers, or upstream cannot be asked about a package",
      "4:a checksum in the lockfile is not the index's",
      "5:a package is unknown to the gate, or goes round it (git, another registry, no checksum)"
    })
final class VerifyVerb extends Verb {
  @Parameters(
      paramLabel = "LOCKFILE",
      arity = "0..1",
      defaultValue = "Cargo.lock",
      description = "The lockfile; Cargo.lock here where none is named.")
  Path file = Path.of("Cargo.lock");

  @Option(names = "--all", description = "List the packages that are served, too.")
  boolean all;

  VerifyVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    CheckedLock lock = CheckedLock.check(session(), file);
    if (session().json()) {
      terminal().json(lock.document());
    } else {
      print(lock);
    }
    return lock.exitCode();
  }

  private void print(CheckedLock lock) {
    List<JsonObject> shown = all ? lock.packages() : lock.failing();
    Table table = new Table("CRATE", "VERSION", "STANDING", "USE", "WHY");
    for (JsonObject line : shown) {
      String standing = line.words("standing");
      table.row(
          Cell.of(Style.STRONG, line.words("name")),
          Cell.of(line.words("version")),
          Cell.of(CheckedLock.style(standing), standing),
          Cell.of(line.text("instead").orElse("-")),
          Cell.of(CheckedLock.why(line)));
    }
    terminal().table(table);
    terminal().line(lock.summary());
    if (lock.exitCode() == ExitCode.REFUSED) {
      terminal().line("see one:  vetting-cli why NAME@VERSION");
      terminal()
          .line(
              "approve:  vetting-cli approve --lockfile %s --only-withheld --reason TEXT"
                  .formatted(file));
    }
  }
}
