package lazaret.cli.lockfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
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

  private final LockfileCheckOptions checks = new LockfileCheckOptions();

  public VerifyVerb(CliSession session) {
    super(session);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    spec.name("verify").addPositional(files);
    for (OptionSpec option : List.of(all, sarif, junit)) {
      spec.addOption(option);
    }
    checks.addTo(spec);
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
    List<Path> named = LockfileCheckOptions.all(files);
    List<LockfileText> lockfiles =
        (named.isEmpty() ? List.of(Path.of("Cargo.lock")) : named)
            .stream().map(file -> LockfileText.read(session(), file)).toList();
    boolean listed = session().json() || sarifFile != null || junitFile != null || lists();
    VerifyReport report = checks.report(session(), lockfiles, listed);
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
