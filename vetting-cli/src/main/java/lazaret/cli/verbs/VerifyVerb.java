package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.cli.verify.HumanReport;
import lazaret.cli.verify.JunitReport;
import lazaret.cli.verify.OfflineCheck;
import lazaret.cli.verify.PackageLine;
import lazaret.cli.verify.SarifReport;
import lazaret.cli.verify.VerifyReport;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Holds lockfiles against the index and the rules, package by package.",
    description = {
      "",
      "Each package's checksum must be the one of the index, and its verdict must allow it. Fetches"
          + " index files where they are not held, never a crate. What is refused is told with the"
          + " nearest version that passes.",
      "",
      "With --feed no gate is asked: advisories are all that is checked then, and the answer says so.",
      "",
      "Where several exit codes would be true, the gravest holds: 4, then 3, 1, 5, 6."
    },
    footer = {
      "Examples:",
      "  vetting-cli verify",
      "  vetting-cli verify ../app/Cargo.lock --all",
      "  git show :Cargo.lock | vetting-cli verify -",
      "  vetting-cli verify --sarif verify.sarif --junit verify.xml",
      "  vetting-cli verify --criteria safe-to-deploy",
      "  vetting-cli verify --feed advisory-db.tar.gz",
      "  vetting-cli verify --json | jq -r '.packages[] | select(.standing != \"served\") | .name'"
    },
    exitCodeList = {
      "0:every package would be handed out",
      "1:a package is withheld, or nobody vouches for it for the criteria",
      "2:no lockfile there, or it cannot be read, or a report cannot be written",
      "3:no gate answers, or upstream cannot be asked about a package",
      "4:a checksum in the lockfile is not the index's",
      "5:a package is unknown to the gate, or goes round it (git, another registry, no checksum)",
      "6:a package is withheld because the advisories are too old"
    })
final class VerifyVerb extends Verb {
  private static final Path OUTPUT = Path.of("-");

  @Parameters(
      paramLabel = "LOCKFILE",
      arity = "0..*",
      description = "Lockfiles, or - for standard input; Cargo.lock here where none is named.")
  List<Path> files = new ArrayList<>();

  @Option(names = "--all", description = "List the packages that are served, too.")
  boolean all;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "Write the findings as SARIF 2.1.0, too; - prints them in place of the text.")
  @Nullable Path sarif;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the findings as JUnit XML, too; - prints them in place of the text.")
  @Nullable Path junit;

  @Option(
      names = "--feed",
      paramLabel = "FILE",
      description = {
        "Ask no gate, but hold against the advisories in this file: an archive of RustSec's database"
            + " or of OSV records, or a local list. May be named several times."
      })
  List<Path> feeds = new ArrayList<>();

  @Option(
      names = "--criteria",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Ask as well that somebody vouches for every package, we or a peer, for these criteria of"
            + " cargo-vet, such as safe-to-deploy. May be named several times."
      })
  List<String> criteria = new ArrayList<>();

  VerifyVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    boolean sarifPrinted = OUTPUT.equals(sarif);
    boolean junitPrinted = OUTPUT.equals(junit);
    if (Stream.of(sarifPrinted, junitPrinted, session().json()).filter(b -> b).count() > 1) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot print two reports on standard output: name a file for one of them");
    }
    VerifyReport report = report(files.isEmpty() ? List.of(Path.of("Cargo.lock")) : files);
    if (sarif != null) {
      write(sarif, SarifReport.text(report, session().around().version()));
    }
    if (junit != null) {
      write(junit, JunitReport.text(report));
    }
    if (session().json()) {
      terminal().json(report.document());
    } else if (!sarifPrinted && !junitPrinted) {
      HumanReport.print(terminal(), report, all);
    }
    return report.exitCode();
  }

  private VerifyReport report(List<Path> named) {
    if (!feeds.isEmpty()) {
      return offline(named);
    }
    List<CheckedLock> locks =
        named.stream().map(f -> CheckedLock.check(session(), f, criteria)).toList();
    return new VerifyReport(
        locks.stream().map(l -> l.file().toString()).toList(),
        desk().where(),
        List.of(),
        locks.stream().flatMap(l -> l.packages().stream()).toList());
  }

  private VerifyReport offline(List<Path> named) {
    if (session().namesDesk()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --feed with --server, --token-file or --data-dir: a gate has feeds of its own");
    }
    if (!criteria.isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --feed with --criteria: who vouches for a package is known to a gate or its store");
    }
    OfflineCheck check =
        new OfflineCheck(new FeedFiles(session().around()).read(feeds), session().now());
    List<PackageLine> packages = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Path file : named) {
      String name = CheckedLock.shown(file).toString();
      names.add(name);
      Bytes text = Bytes.utf8(CheckedLock.text(session(), file));
      packages.addAll(check.check(name, Lockfile.parse(text)));
    }
    String against = String.join(", ", feeds.stream().map(Path::toString).toList());
    return new VerifyReport(names, against, OfflineCheck.UNCHECKED, packages);
  }

  private void write(Path named, String text) {
    if (named.equals(OUTPUT)) {
      terminal().document(text);
      return;
    }
    try {
      Files.writeString(session().around().path(named), text);
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot write the report '%s': %s; is there such a folder, and may you write there?"
              .formatted(named, Objects.requireNonNullElse(e.getMessage(), "no reason given")),
          e);
    }
  }
}
