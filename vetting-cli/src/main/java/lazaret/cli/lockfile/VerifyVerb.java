package lazaret.cli.lockfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.lockfile.Lockfile;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The check of lockfiles by the gate's rules. It runs at each commit, so its options are declared
/// without annotations: see [lazaret.cli.command.GlobalOptions].
public final class VerifyVerb extends Verb {
  private static final Path OUTPUT = Path.of("-");

  private final PositionalParamSpec files =
      PositionalParamSpec.builder()
          .paramLabel("LOCKFILE")
          .arity("0..*")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .description(
              "Lockfiles, or - for standard input. Default: Cargo.lock in the working folder.")
          .build();

  private final OptionSpec all =
      OptionSpec.builder("--all")
          .type(boolean.class)
          .description("Also list the packages that are served.")
          .build();

  private final OptionSpec sarif =
      OptionSpec.builder("--sarif")
          .paramLabel("FILE")
          .type(Path.class)
          .description("Also write the findings as SARIF 2.1.0; - prints them instead of the text.")
          .build();

  private final OptionSpec junit =
      OptionSpec.builder("--junit")
          .paramLabel("FILE")
          .type(Path.class)
          .description("Also write the findings as JUnit XML; - prints them instead of the text.")
          .build();

  private final OptionSpec feeds =
      OptionSpec.builder("--feed")
          .paramLabel("PATH")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .description(
              "Use no gate, but the advisories in this file or folder: RustSec's database or OSV"
                  + " records, archived or not, or a local list. May be given several times.")
          .build();

  private final OptionSpec criteria =
      OptionSpec.builder("--criteria")
          .paramLabel("NAME")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .splitRegex(",")
          .description(
              "Also require audits of every package, own or imported, for these criteria of"
                  + " cargo-vet, such as safe-to-deploy. May be given several times.")
          .build();

  private final OptionSpec audits =
      OptionSpec.builder("--audits")
          .paramLabel("PATH")
          .type(List.class)
          .auxiliaryTypes(Path.class)
          .description(
              "With --feed: audits for the --criteria, as an audits.toml or the supply-chain folder"
                  + " of a project. May be given several times.")
          .build();

  public VerifyVerb(CliSession session) {
    super(session);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    spec.name("verify").addPositional(files);
    for (OptionSpec option : List.of(all, sarif, junit, feeds, criteria, audits)) {
      spec.addOption(option);
    }
    spec.usageMessage()
        .header("Check lockfiles against the index and the policy")
        .description(
            "",
            "The checksum of each package must match the index, and its verdict must allow it."
                + " Missing index files are fetched, crates are not. A refused package is listed"
                + " with the nearest version that passes.",
            "",
            "With --feed, no gate is used: only advisories are checked, and the --audits for the"
                + " --criteria. The output names what was not checked.",
            "",
            "If several exit codes apply, the gravest is used: 4, then 3, 1, 5, 6.")
        .footer(
            "Examples:",
            "  vetting-cli verify",
            "  vetting-cli verify ../app/Cargo.lock --all",
            "  git show :Cargo.lock | vetting-cli verify -",
            "  vetting-cli verify --sarif verify.sarif --junit verify.xml",
            "  vetting-cli verify --criteria safe-to-deploy",
            "  vetting-cli verify --feed advisory-db.tar.gz",
            "  vetting-cli verify --feed db --audits supply-chain --criteria safe-to-run",
            "  vetting-cli verify --json | jq -r '.packages[] | select(.status != \"served\") |"
                + " .name'")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:all packages would be served",
                "1:a package is withheld, or lacks audits for the criteria",
                "2:missing or unreadable lockfile, or report not writable",
                "3:gate or upstream unavailable",
                "4:a checksum in the lockfile differs from the index",
                "5:a package is unknown to the gate, or bypasses it (git, another registry, no"
                    + " checksum)",
                "6:a package is withheld because the advisories are too old"));
    return spec;
  }

  private static <T> List<T> all(ArgSpec values) {
    List<T> all = values.getValue();
    return all == null ? List.of() : all;
  }

  @Override
  public ExitCode run() {
    Path sarifFile = sarif.getValue();
    Path junitFile = junit.getValue();
    boolean sarifPrinted = OUTPUT.equals(sarifFile);
    boolean junitPrinted = OUTPUT.equals(junitFile);
    if (Stream.of(sarifPrinted, junitPrinted, session().json()).filter(b -> b).count() > 1) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot print two reports on standard output: name a file for one of them");
    }
    List<Path> lockfiles = all(files);
    boolean listed = session().json() || sarifFile != null || junitFile != null || lists();
    VerifyReport report =
        report(lockfiles.isEmpty() ? List.of(Path.of("Cargo.lock")) : lockfiles, listed);
    if (sarifFile != null) {
      write(sarifFile, SarifReport.text(report, session().around().version()));
    }
    if (junitFile != null) {
      write(junitFile, JunitReport.text(report));
    }
    if (session().json()) {
      terminal().json(report.document());
    } else if (!sarifPrinted && !junitPrinted) {
      TextReport.print(terminal(), report, lists());
    }
    return report.exitCode();
  }

  private boolean lists() {
    return Boolean.TRUE.equals(all.getValue());
  }

  /// @param listed whether the report lists the served packages
  private VerifyReport report(List<Path> named, boolean listed) {
    List<Path> fromFiles = all(feeds);
    if (!fromFiles.isEmpty()) {
      return offline(named, fromFiles);
    }
    if (!all(audits).isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --audits without --feed: a gate has its own audits; add to them with"
              + " 'vetting-cli audits import'");
    }
    List<String> wanted = all(criteria);
    var extent = new CheckedLockfile.Extent(wanted, !listed);
    List<CheckedLockfile> locks =
        named.stream().map(f -> CheckedLockfile.check(session(), f, extent)).toList();
    return new VerifyReport(
        locks.stream().map(l -> l.file().toString()).toList(),
        desk().where(),
        List.of(),
        locks.stream().flatMap(l -> l.packages().stream()).toList(),
        omitted(locks),
        locks.stream().flatMap(l -> l.local().stream()).toList(),
        locks.stream().flatMap(l -> l.feedWarnings().stream()).toList());
  }

  private static Map<String, Long> omitted(List<CheckedLockfile> locks) {
    Map<String, Long> omitted = new HashMap<>();
    locks.forEach(l -> omitted.merge(l.file().toString(), l.omitted(), Long::sum));
    return omitted;
  }

  private VerifyReport offline(List<Path> named, List<Path> fromFiles) {
    if (session().namesDesk()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --feed with --server, --token-file or --data-dir: a gate has its own feeds");
    }
    OfflineCheck.Coverage vouched = audited().orElse(null);
    FeedFileReader feedFiles =
        new FeedFileReader(session().around(), FeedCache.of(session().around()));
    OfflineCheck check = new OfflineCheck(feedFiles.read(fromFiles), vouched, session().now());
    List<PackageResult> packages = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> local = new ArrayList<>();
    for (Path file : named) {
      String name = CheckedLockfile.shown(file).toString();
      names.add(name);
      Lockfile lock = parse(name, CheckedLockfile.text(session(), file));
      packages.addAll(check.check(name, lock));
      local.addAll(lock.local());
    }
    String against =
        Stream.concat(fromFiles.stream(), VerifyVerb.<Path>all(audits).stream())
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    return new VerifyReport(
        names, against, OfflineCheck.UNCHECKED, packages, Map.of(), local, check.feedWarnings());
  }

  private static Lockfile parse(String name, String text) {
    try {
      return Lockfile.parse(Bytes.utf8(text));
    } catch (MalformedException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot verify " + name + ": " + e.getMessage(), e);
    }
  }

  private Optional<OfflineCheck.Coverage> audited() {
    List<Path> fromFiles = all(audits);
    List<String> wanted = all(criteria);
    if (fromFiles.isEmpty() && !wanted.isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot check the criteria %s without a gate: expected audits, found none; name an audits.toml or a supply-chain folder with --audits, or leave out --feed"
              .formatted(String.join(", ", wanted)));
    }
    if (wanted.isEmpty() && !fromFiles.isEmpty()) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot use --audits without --criteria: expected criteria, found none; add, for example,"
              + " --criteria safe-to-deploy");
    }
    return wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OfflineCheck.Coverage(
                new AuditFileReader(session().around()).read(fromFiles), wanted));
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
          "cannot write the report '%s': %s; check that the folder exists and is writable"
              .formatted(named, Objects.requireNonNullElse(e.getMessage(), "no reason given")),
          e);
    }
  }
}
