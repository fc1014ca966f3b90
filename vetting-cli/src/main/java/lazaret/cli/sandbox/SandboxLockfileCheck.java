package lazaret.cli.sandbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.lockfile.PackageResult;
import lazaret.cli.lockfile.TextReport;
import lazaret.cli.lockfile.VerifyReport;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.storage.files.FileAccess;
import lazaret.storage.files.NewFile;
import lazaret.storage.files.PublicFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.json.Inline;
import lazaret.vetting.lockfile.Lockfile;

/// The check of a build's lockfile at the gate, before any package of it is fetched.
public final class SandboxLockfileCheck {
  private static final String NAME = "Cargo.lock";

  private final CliSession session;
  private final Path workspace;
  private final Path file;
  private final boolean withheldToo;
  private final boolean vanishes;

  /// Creates a check.
  ///
  /// @param workspace the folder of the lockfile
  /// @param withheldToo whether versions that policy withholds are tolerated. The gate refuses them
  ///   during the fetch if this platform needs them.
  SandboxLockfileCheck(CliSession session, Path workspace, boolean withheldToo) {
    this(session, workspace, withheldToo, false);
  }

  private SandboxLockfileCheck(
      CliSession session, Path workspace, boolean withheldToo, boolean vanishes) {
    this.session = session;
    this.workspace = workspace;
    this.file = workspace.resolve(NAME);
    this.withheldToo = withheldToo;
    this.vanishes = vanishes;
  }

  /// Creates a check in a temporary workspace. Messages do not name its lockfile or steps for it,
  /// because the workspace is removed.
  static SandboxLockfileCheck ofScratch(CliSession session, Path workspace) {
    return new SandboxLockfileCheck(session, workspace, false, true);
  }

  /// The result of a check.
  public sealed interface Outcome {
    /// The gate serves all packages, except tolerated withheld ones.
    ///
    /// @param lockfile the lockfile
    record Approved(Lockfile lockfile) implements Outcome {}

    /// The gate refuses a package, and the refusal was printed.
    record Refused(ProcessCode code) implements Outcome {}
  }

  boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Checks the present lockfile.
  Outcome check() {
    return judged(CheckedLockfile.check(session, file));
  }

  /// Accepts the present lockfile without a request. Its packages were checked when they were
  /// fetched, and each file is bound to its SHA-256.
  Outcome asBefore() {
    if (!exists()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot build offline: no lockfile " + file);
    }
    return new Outcome.Approved(lockfile(text(file)));
  }

  /// Checks that the present lockfile still has the versions that were checked. Otherwise those of
  /// another one were fetched.
  ///
  /// @throws CliException if another program changed it
  void requireSame(Lockfile checked) {
    if (!exists() || !lockfile(text(file)).crateIds().equals(checked.crateIds())) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use the fetched packages: expected the versions of Cargo.lock that were checked, found others in %s; run this again"
              .formatted(file));
    }
  }

  /// Checks a new lockfile and moves it into the workspace if it passes.
  ///
  /// @param made the present path of the new lockfile
  Outcome take(Path made) {
    String text = text(made);
    Outcome outcome = judged(CheckedLockfile.check(session, file, text, List.of()));
    if (outcome instanceof Outcome.Approved(Lockfile lockfile)) {
      location(text, lockfile.crateIds());
    }
    return outcome;
  }

  /// Accepts a new lockfile and moves it into the workspace without a request. The gate refuses
  /// packages that it does not serve when they are fetched.
  Outcome accept(Path made) {
    String text = text(made);
    Lockfile lockfile = lockfile(text);
    location(text, lockfile.crateIds());
    return new Outcome.Approved(lockfile);
  }

  private Outcome judged(CheckedLockfile checked) {
    VerifyReport report =
        new VerifyReport(
            List.of(checked.file().toString()),
            session.desk().where(),
            List.of(),
            checked.packages(),
            Map.of(),
            checked.local(),
            checked.feedWarnings());
    if (report.exitCode() == ExitCode.DONE) {
      return new Outcome.Approved(lockfile(checked.text()));
    }
    if (withheldToo
        && checked.packages().stream().allMatch(SandboxLockfileCheck::passesOrIsWithheld)) {
      long withheld = checked.packages().stream().filter(SandboxLockfileCheck::isWithheld).count();
      session
          .terminal()
          .note(
              "%s: %d of %d packages are withheld; a build that needs one of them fails"
                  .formatted(checked.file(), withheld, checked.packages().size()));
      return new Outcome.Approved(lockfile(checked.text()));
    }
    if (session.json()) {
      session.terminal().json(new RefusedDocument(report.document(), processCode(report).code()));
    } else {
      TextReport.print(session.terminal(), report, false);
      if (!vanishes
          && checked.packages().stream().allMatch(SandboxLockfileCheck::passesOrIsWithheld)) {
        session
            .terminal()
            .line("continue: add --allow-withheld, if only other platforms need them");
      }
    }
    return new Outcome.Refused(report.exitCode());
  }

  /// The JSON of a refused lockfile.
  ///
  /// @param report the report of the check
  /// @param exitCode the exit code of the command line
  private record RefusedDocument(@Inline VerifyReport.Document report, int exitCode) {}

  /// Returns the exit code of the command line for a refused lockfile. `detonate` ends with the
  /// code of the check, `sandbox` with its own.
  private ProcessCode processCode(VerifyReport report) {
    return vanishes ? report.exitCode() : SandboxExitCode.NOT_RUN;
  }

  private static boolean passesOrIsWithheld(PackageResult line) {
    return line.exitCode() == ExitCode.DONE || isWithheld(line);
  }

  private static boolean isWithheld(PackageResult line) {
    return line.status() == PackageResult.Status.WITHHELD;
  }

  private static Lockfile lockfile(String text) {
    return Lockfile.parse(Bytes.utf8(text));
  }

  private static String text(Path made) {
    try {
      return Bytes.of(ProjectFile.read(made, Lockfile.MAX_BYTES, LinkOption.NOFOLLOW_LINKS)).text();
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read the lockfile that cargo wrote: " + e, e);
    }
  }

  private void location(String text, List<CrateId> closure) {
    try {
      if (exists()) {
        String before = Bytes.of(ProjectFile.read(file, Lockfile.MAX_BYTES)).text();
        if (before.equals(text)) {
          return;
        }
        tellDifference(lockfile(before).crateIds(), closure);
        PublicFiles.write(file, Bytes.utf8(text), workspace);
      } else {
        NewFile.create(file, Bytes.utf8(text), FileAccess.PUBLIC, workspace);
      }
      if (!vanishes) {
        session
            .terminal()
            .note("wrote %s: %d packages, all served".formatted(file, closure.size()));
      }
    } catch (FileAlreadyExistsException e) {
      throw new CliException(ErrorCode.CONFIG_INVALID, "another process wrote " + file, e);
    } catch (IOException e) {
      throw new CliException(ErrorCode.CONFIG_INVALID, "cannot write " + file + ": " + e, e);
    }
  }

  private void tellDifference(Collection<CrateId> before, Collection<CrateId> after) {
    tell("-", before, after);
    tell("+", after, before);
  }

  private void tell(String sign, Collection<CrateId> these, Collection<CrateId> notThose) {
    new TreeSet<>(
            these.stream()
                .filter(id -> !notThose.contains(id))
                .map(id -> "%s %s %s".formatted(sign, id.name(), id.version().text()))
                .collect(Collectors.toSet()))
        .forEach(session.terminal()::note);
  }
}
