package lazaret.cli.lockfile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.feeds.FeedsReply;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import lazaret.vetting.deskapi.lockfiles.VerifyRequest;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `prefetch`, which fetches the versions of a lockfile.
@Command(
    name = "prefetch",
    header = "Fetch the packages of lockfiles, so that builds need no upstream",
    description = {
      "",
      "Lockfiles are verified first: if a checksum differs from the index, nothing is fetched."
          + " Withheld versions are listed and appear in the queue. A second run continues after"
          + " the packages that are stored.",
      "",
      "With --target, packages are left out that no build for these targets needs: dependencies of"
          + " other platforms only. This machine counts as a target, because build scripts and"
          + " macros run on it. All dependencies of the workspace's own packages are fetched.",
      "",
      "If several exit codes apply, the gravest is used: 4, then 3, 1, 5. The role 'prefetcher' is"
          + " needed."
    },
    footer = {
      "Examples:",
      "  vetting-cli prefetch Cargo.lock",
      "  vetting-cli prefetch a/Cargo.lock b/Cargo.lock --jobs 16",
      "  vetting-cli prefetch Cargo.lock --target x86_64-unknown-linux-musl",
      "  vetting-cli prefetch serde 'tokio@^1' ripgrep@14.1.1"
    },
    exitCodeList = {
      "0:everything is stored",
      "1:the policy withholds a version; the others are stored",
      "2:unreadable lockfile or malformed argument",
      "3:gate unavailable, or upstream failed for a version: run again",
      "4:a checksum in a lockfile differs from the index (nothing was fetched), or upstream sent"
          + " wrong bytes (discarded)",
      "5:a package is unknown, upstream has no file for it, or it bypasses the gate (git, another"
          + " registry, no checksum)"
    })
public final class PrefetchVerb extends Verb {
  @Parameters(
      paramLabel = "LOCKFILE|NAME[@REQ]",
      arity = "0..*",
      description = {
        "A Cargo.lock, or a crate. For a name or a requirement, the newest served version is"
            + " fetched."
      })
  List<String> words = new ArrayList<>();

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "A Cargo.lock, as for other verbs. May be given several times.")
  List<Path> lockfiles = new ArrayList<>();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      defaultValue = "8",
      description = "Number of crates at once. Default: 8.")
  int jobs = 8;

  @Option(
      names = "--target",
      paramLabel = "TRIPLE",
      description =
          "Fetch only packages that a build for this target needs. May be given several times.")
  List<String> targets = new ArrayList<>();

  public PrefetchVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    if (words.isEmpty() && lockfiles.isEmpty()) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot prefetch: expected a Cargo.lock or a crate, found none; name one, such as"
              + " 'vetting-cli prefetch Cargo.lock'");
    }
    List<CheckedLockfile> locks = new ArrayList<>();
    lockfiles.forEach(file -> locks.add(check(file)));
    Map<String, PrefetchRun.Wish> wishes = new LinkedHashMap<>();
    for (String word : words) {
      if (isLockfile(word)) {
        locks.add(check(Path.of(word)));
      } else {
        wishes.put(word, PrefetchRun.Wish.named(CrateSpec.parse(word)));
      }
    }
    List<PrefetchRun.Result> results = new ArrayList<>();
    for (CheckedLockfile lock : locks) {
      collect(lock, wishes, results);
    }
    boolean tampered = results.stream().anyMatch(r -> r.exitCode() == ExitCode.TAMPERED);
    if (!tampered) {
      PrefetchRun prefetching = new PrefetchRun(session(), Math.clamp(jobs, 1, 64));
      results.addAll(prefetching.run(List.copyOf(wishes.values())));
    }
    return report(results, tampered);
  }

  /// Returns whether a word names a lockfile. There must be a file of that name, or the text before
  /// `@` must have a slash or a dot, which names of crates do not have.
  private boolean isLockfile(String word) {
    int at = word.indexOf('@');
    String name = at < 0 ? word : word.substring(0, at);
    return name.indexOf('/') >= 0
        || name.indexOf('.') >= 0
        || Files.isRegularFile(session().around().path(Path.of(name)));
  }

  private CheckedLockfile check(Path file) {
    if (targets.isEmpty()) {
      return CheckedLockfile.check(session(), file);
    }
    String text = CheckedLockfile.text(session(), file);
    VerifyReply answer =
        desk()
            .call(
                LockfileOperations.VERIFY,
                new VerifyRequest(
                    text,
                    List.of(),
                    CheckedLockfile.name(session(), file),
                    Stream.concat(targets.stream(), Stream.of(machine())).toList(),
                    null,
                    false),
                "cannot verify " + file);
    Set<String> left = answer.notBuilt() == null ? Set.of() : new HashSet<>(answer.notBuilt());
    CheckedLockfile whole = CheckedLockfile.of(file, text, answer);
    List<PackageResult> needed =
        whole.packages().stream()
            // A wrong checksum is an error even if this target does not need the package.
            .filter(
                line ->
                    line.status() == PackageResult.Status.TAMPERED
                        || !left.contains(line.name() + " " + line.version()))
            .toList();
    terminal()
        .note(
            "%d of %d packages of %s are not needed for %s"
                .formatted(
                    whole.packages().size() - needed.size(),
                    whole.packages().size(),
                    file,
                    String.join(", ", targets)));
    return new CheckedLockfile(
        whole.file(), whole.text(), needed, whole.omitted(), whole.local(), whole.feedWarnings());
  }

  /// Returns the target of this machine, for which build scripts and macros are built.
  private static String machine() {
    String arch = System.getProperty("os.arch", "");
    return (arch.equals("amd64") ? "x86_64" : arch) + "-unknown-linux-gnu";
  }

  private static void collect(
      CheckedLockfile lock,
      Map<String, PrefetchRun.Wish> wishes,
      List<PrefetchRun.Result> results) {
    for (PackageResult line : lock.packages()) {
      String spec = line.spec();
      Sha256 checksum = line.entry().checksum();
      switch (line.status()) {
        case TAMPERED ->
            results.add(PrefetchRun.Result.failed(spec, "cksum-mismatch", line.detail()));
        case FOREIGN_SOURCE ->
            results.add(
                PrefetchRun.Result.failed(spec, "unknown", "bypasses the gate: " + line.detail()));
        // Withheld versions are requested, too, so that they appear in the queue.
        case SERVED, CLEAR, WITHHELD, CRITERIA_NOT_MET, UNKNOWN, UNAVAILABLE ->
            wishes.put(
                spec + "#" + (checksum == null ? "" : checksum.hex()),
                new PrefetchRun.Wish(
                    new CrateSpec(CrateName.parse(line.name()), line.version(), null),
                    checksum,
                    lock.file().toString()));
      }
    }
  }

  private ExitCode report(List<PrefetchRun.Result> results, boolean tampered) {
    ExitCode exit = ExitCode.gravest(results.stream().map(PrefetchRun.Result::exitCode).toList());
    List<PrefetchRun.Result> held = results.stream().filter(PrefetchRun.Result::stored).toList();
    List<PrefetchRun.Result> failed = results.stream().filter(r -> !r.stored()).toList();
    long bytes = held.stream().mapToLong(PrefetchRun.Result::bytes).sum();
    if (session().json()) {
      terminal()
          .json(
              new Report(
                  feedWarnings(),
                  failed.isEmpty(),
                  bytes,
                  held.stream().map(PrefetchRun.Result::document).toList(),
                  failed.stream().map(PrefetchRun.Result::document).toList()));
      return exit;
    }
    TextTable table = new TextTable("CRATE", "CODE", "WHY");
    failed.forEach(
        r ->
            table.row(
                Cell.of(TextStyle.STRONG, r.spec()),
                Cell.of(
                    r.exitCode() == ExitCode.TAMPERED ? TextStyle.BAD : TextStyle.WARN, r.code()),
                Cell.of(r.detail())));
    terminal().table(table);
    terminal()
        .line(
            tampered
                ? "nothing was fetched: a checksum in a lockfile differs from the index"
                : "%d stored (%s), %d not"
                    .formatted(held.size(), SizeText.text(bytes), failed.size()));
    FeedWarnings.note(terminal(), feedWarnings());
    return exit;
  }

  /// The JSON of the results.
  ///
  /// @param feedWarnings the warnings of the gate about its feeds
  /// @param complete whether all versions are stored
  /// @param bytes the size of the stored artifacts in bytes
  /// @param held the versions that are stored
  /// @param failed the versions that are not
  private record Report(
      List<ReasonInfo> feedWarnings,
      boolean complete,
      long bytes,
      List<PrefetchRun.Document> held,
      List<PrefetchRun.Document> failed) {}

  /// Returns the gate's warnings about its feeds, or an empty list if it does not reply.
  private List<ReasonInfo> feedWarnings() {
    return switch (desk().reply(FeedOperations.FEEDS, new EmptyRequest())) {
      case Reply.Done<FeedsReply> done -> done.value().feedWarnings();
      case Reply.Refused<FeedsReply> _ -> List.of();
    };
  }
}
